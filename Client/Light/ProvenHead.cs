using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Light;

/// <summary>What a proof rests on: a header whose certificate is chained from the genesis.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Time">Its time.</param>
/// <param name="Signatures">Members whose signatures make it final.</param>
/// <param name="CouncilSize">Members of the council of its height.</param>
/// <param name="GenesisHash">The genesis that is trusted.</param>
public sealed record ProvenHead(
    Height Height, Hash32 Hash, BlockTime Time, int Signatures, int CouncilSize, Hash32 GenesisHash);
