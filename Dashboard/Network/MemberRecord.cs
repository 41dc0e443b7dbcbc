using EnergyChain.Core.Primitives;

namespace EnergyChain.Dashboard.Network;

/// <summary>A council member over some blocks.</summary>
/// <param name="Member">Its address.</param>
/// <param name="Proposed">Blocks that it proposed.</param>
/// <param name="Missed">Blocks whose certificate lacks its signature.</param>
/// <param name="Counted">Blocks whose signers are known and whose council is the one of now.</param>
/// <param name="LastSigned">The newest block that it signed; null for none of them.</param>
/// <param name="Marks">By block, newest first.</param>
public sealed record MemberRecord(
    Address Member, int Proposed, int Missed, int Counted, Height? LastSigned, IReadOnlyList<VoteMark> Marks);
