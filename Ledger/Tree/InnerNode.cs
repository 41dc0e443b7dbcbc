using EnergyChain.Core.Primitives;

namespace EnergyChain.Ledger.Tree;

/// <summary>
/// An inner node. It carries its children's hashes, so that hashing a path again touches only the nodes on it.
/// Children are numbered as <see cref="StateTree"/> says.
/// </summary>
internal struct InnerNode
{
    public Hash32 LeftHash;
    public Hash32 RightHash;
    public int Left;
    public int Right;
}
