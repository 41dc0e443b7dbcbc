using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Ledger.Tree;

/// <summary>The hash of a subtree from its leaves alone, by the rule of <see cref="StateTree"/>.</summary>
public static class Subtree
{
    private const int MaxDepth = 8 * Hash32.Size;

    /// <summary>
    /// The hash of the subtree at a depth that holds exactly these leaves; null where they are not in strictly
    /// ascending order of their keys, or do not share their first <paramref name="depth"/> bits with the prefix.
    /// </summary>
    public static Hash32? HashOf(ReadOnlySpan<TreeLeaf> leaves, Hash32 prefix, int depth)
    {
        for (int i = 0; i < leaves.Length; i++)
        {
            if ((i > 0 && leaves[i - 1].Key.CompareTo(leaves[i].Key) >= 0) || !Shares(leaves[i].Key, prefix, depth))
            {
                return null;
            }
        }

        return HashOf(leaves, depth);
    }

    /// <summary>How many of the leaves, sorted and equal in all higher bits, have a 0 at the depth.</summary>
    public static int SplitAt(ReadOnlySpan<TreeLeaf> leaves, int depth)
    {
        int low = 0;
        int high = leaves.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (leaves[middle].Key.Bit(depth))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private static bool Shares(Hash32 key, Hash32 prefix, int depth)
    {
        for (int bit = 0; bit < depth; bit++)
        {
            if (key.Bit(bit) != prefix.Bit(bit))
            {
                return false;
            }
        }

        return true;
    }

    // Distinct keys differ before the last depth, so the split ends.
    private static Hash32 HashOf(ReadOnlySpan<TreeLeaf> leaves, int depth)
    {
        if (leaves.Length <= 1 || depth == MaxDepth)
        {
            return leaves.IsEmpty ? Hash32.Zero : leaves[0].Hash;
        }

        int split = SplitAt(leaves, depth);
        return Blake2b.HashNode(HashOf(leaves[..split], depth + 1), HashOf(leaves[split..], depth + 1));
    }
}
