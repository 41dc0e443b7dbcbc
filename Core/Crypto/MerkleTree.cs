using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Crypto;

/// <summary>The Merkle root of an ordered list, as headers carry it for transactions, receipts and evidence.</summary>
public static class MerkleTree
{
    /// <summary>
    /// Root of the list. An empty list gives 32 zero bytes; otherwise the list is split at the largest power of two
    /// below its length, as in RFC 6962 section 2.1, so that no two lists share a root.
    /// </summary>
    public static Hash32 Root(ReadOnlySpan<Hash32> leaves) => leaves.Length switch
    {
        0 => Hash32.Zero,
        1 => Blake2b.HashLeaf(leaves[0]),
        _ => Blake2b.HashNode(Root(leaves[..Split(leaves.Length)]), Root(leaves[Split(leaves.Length)..])),
    };

    /// <summary>Where a list of two or more is split: the largest power of two below its length.</summary>
    internal static int Split(int count) => 1 << (31 - System.Numerics.BitOperations.LeadingZeroCount((uint)count - 1));
}
