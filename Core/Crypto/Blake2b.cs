using EnergyChain.Core.Primitives;
using NSec.Cryptography;

namespace EnergyChain.Core.Crypto;

/// <summary>
/// BLAKE2b-256 (RFC 7693) from libsodium: the hash of blocks, transactions, addresses and the state tree.
/// </summary>
public static class Blake2b
{
    /// <summary>Hash of the bytes in one piece. Thread-safe.</summary>
    public static Hash32 Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Hash32.Size];
        HashAlgorithm.Blake2b_256.Hash(bytes, hash);
        return new Hash32(hash);
    }

    /// <summary>An inner node of a Merkle tree: H(0x01 || left || right).</summary>
    public static Hash32 HashNode(Hash32 left, Hash32 right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * Hash32.Size)];
        node[0] = 1;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + Hash32.Size)..]);
        return Hash(node);
    }

    /// <summary>A leaf of a Merkle tree: H(0x00 || value), so that no leaf can be read as an inner node.</summary>
    public static Hash32 HashLeaf(Hash32 value)
    {
        Span<byte> leaf = stackalloc byte[1 + Hash32.Size];
        leaf[0] = 0;
        value.CopyTo(leaf[1..]);
        return Hash(leaf);
    }
}
