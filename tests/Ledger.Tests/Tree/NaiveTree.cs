using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Ledger.Tests.Tree;

/// <summary>The definition of the root, computed from nothing but the set of leaves.</summary>
internal static class NaiveTree
{
    public static Hash32 Root(IReadOnlyList<TreeLeaf> leaves, int depth = 0)
    {
        if (leaves.Count == 0)
        {
            return Hash32.Zero;
        }

        if (leaves.Count == 1)
        {
            byte[] bytes = [0, .. leaves[0].Key.ToArray(), .. leaves[0].ValueHash.ToArray()];
            return Blake2b.Hash(bytes);
        }

        Hash32 left = Root([.. leaves.Where(leaf => !leaf.Key.Bit(depth))], depth + 1);
        Hash32 right = Root([.. leaves.Where(leaf => leaf.Key.Bit(depth))], depth + 1);
        return Blake2b.Hash([1, .. left.ToArray(), .. right.ToArray()]);
    }
}
