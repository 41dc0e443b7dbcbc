using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Crypto;

/// <summary>The Merkle root of an ordered list, as headers carry it for transactions, receipts and evidence.</summary>
public static class MerkleTree
{
    // Leaves whose hashes fit on the stack, as 96 bytes each. A power of two, so that it is the split of longer lists.
    private const int UnitLeaves = 128;

    /// <summary>
    /// Root of the list. An empty list gives 32 zero bytes; otherwise the list is split at the largest power of two
    /// below its length, as in RFC 6962 section 2.1, so that no two lists share a root.
    /// </summary>
    public static Hash32 Root(ReadOnlySpan<Hash32> leaves) => leaves.Length switch
    {
        0 => Hash32.Zero,
        <= UnitLeaves => RootByLevels(leaves),
        _ => Blake2b.HashNode(Root(leaves[..Split(leaves.Length)]), Root(leaves[Split(leaves.Length)..])),
    };

    /// <summary>Where a list of two or more is split: the largest power of two below its length.</summary>
    internal static int Split(int count) => 1 << (31 - System.Numerics.BitOperations.LeadingZeroCount((uint)count - 1));

    /// <summary>
    /// The root level by level, each side by side: splitting at powers of two pairs neighbours from the left on, and a
    /// last one without a neighbour moves up as it is.
    /// </summary>
    private static Hash32 RootByLevels(ReadOnlySpan<Hash32> leaves)
    {
        Span<HashPair> pairs = stackalloc HashPair[leaves.Length];
        Span<Hash32> level = stackalloc Hash32[leaves.Length];
        for (int i = 0; i < leaves.Length; i++)
        {
            pairs[i] = new HashPair(leaves[i], Hash32.Zero);
        }

        Blake2bLanes.HashListLeaves(pairs, level);
        while (level.Length > 1)
        {
            int whole = level.Length / 2;
            for (int i = 0; i < whole; i++)
            {
                pairs[i] = new HashPair(level[2 * i], level[(2 * i) + 1]);
            }

            Hash32 last = level[^1];
            bool isAlone = level.Length % 2 != 0;
            level = level[..(whole + (isAlone ? 1 : 0))];
            level[^1] = last;
            Blake2bLanes.HashNodes(pairs[..whole], level);
        }

        return level[0];
    }
}
