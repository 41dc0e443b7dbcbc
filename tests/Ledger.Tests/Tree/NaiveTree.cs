using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Ledger.Tree;

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

    /// <summary>What a batch does to the set of leaves.</summary>
    public static void Apply(Dictionary<Hash32, Hash32> leaves, TreeChange[] batch)
    {
        foreach (TreeChange change in batch)
        {
            leaves.Remove(change.Key);
            if (!change.IsDelete)
            {
                leaves.Add(change.Key, change.ValueHash);
            }
        }
    }

    /// <summary>Whether a tree has the root and the count of the definition after every batch.</summary>
    public static bool HoldsAfterEach(TreeChange[][] batches)
    {
        StateTree tree = new();
        Dictionary<Hash32, Hash32> leaves = [];
        foreach (TreeChange[] batch in batches)
        {
            Apply(leaves, batch);
            tree.Update([.. batch]);
            TreeLeaf[] set = [.. leaves.Select(static leaf => new TreeLeaf(leaf.Key, leaf.Value))];
            if (tree.Root != Root(set) || tree.Count != set.Length)
            {
                return false;
            }
        }

        return true;
    }
}
