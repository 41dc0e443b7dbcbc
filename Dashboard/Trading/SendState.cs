using EnergyChain.Core.Primitives;

namespace EnergyChain.Dashboard.Trading;

/// <summary>How far something is that the operator sends.</summary>
/// <param name="Key">Names its text.</param>
/// <param name="Tone">good, bad or nothing.</param>
/// <param name="Detail">The reason in others' words.</param>
/// <param name="Id">The transaction, once there is one.</param>
/// <param name="Block">The block that it is final in.</param>
public sealed record SendState(
    string Key, string Tone = "", string Detail = "", Hash32? Id = null, Height? Block = null);
