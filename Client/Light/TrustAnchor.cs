using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Light;

/// <summary>
/// What a light client believes without proof: a genesis, by its hash. With the genesis at hand nothing of it has to
/// come from a node.
/// </summary>
/// <param name="GenesisHash">Hash of the canonical genesis.</param>
/// <param name="Genesis">The genesis of that hash; null where only the hash is known.</param>
public sealed record TrustAnchor(Hash32 GenesisHash, Genesis? Genesis = null)
{
    public static TrustAnchor Of(Genesis genesis) => new(genesis.Hash, genesis);
}
