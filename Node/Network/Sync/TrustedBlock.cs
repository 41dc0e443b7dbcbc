using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Sync;

/// <summary>A block that the operator knows from elsewhere to be the chain's; the default is none.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Hash">Its hash.</param>
public readonly record struct TrustedBlock(Height Height, Hash32 Hash)
{
    /// <summary>False for another block in its place.</summary>
    public bool Allows(Block block) => Height == Height.Genesis || block.Height != Height || block.Hash == Hash;
}
