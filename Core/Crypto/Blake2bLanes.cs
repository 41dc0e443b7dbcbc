using System.Runtime.Intrinsics;
using EnergyChain.Core.Crypto.Lanes;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Crypto;

/// <summary>
/// BLAKE2b-256 of many nodes of Merkle trees at once, side by side in the processor's vectors: eight in AVX-512, four
/// in AVX2, else one by one. The hashes are those of <see cref="Blake2b"/> on every machine. Thread-safe, allocates
/// nothing.
/// </summary>
public static class Blake2bLanes
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int ListLeafBytes = 1 + Hash32.Size;
    private const int PairBytes = 1 + (2 * Hash32.Size);

    /// <summary>Hashes side by side on this machine: 8, 4 or 1.</summary>
    public static int Widest => EightLanes.AreSupported ? 8 : FourLanes.AreSupported ? 4 : 1;

    /// <summary>Inner nodes: H(0x01 || left || right), as <see cref="Blake2b.HashNode"/>.</summary>
    /// <param name="pairs">The children.</param>
    /// <param name="hashes">Room for as many hashes as pairs, elsewhere.</param>
    public static void HashNodes(ReadOnlySpan<HashPair> pairs, Span<Hash32> hashes) =>
        Hash(NodePrefix, PairBytes, pairs, hashes, Widest);

    /// <summary>Leaves of the state tree: H(0x00 || key || value hash).</summary>
    /// <param name="pairs">The hashes of keys and of their values.</param>
    /// <param name="hashes">Room for as many hashes as pairs, elsewhere.</param>
    public static void HashLeaves(ReadOnlySpan<HashPair> pairs, Span<Hash32> hashes) =>
        Hash(LeafPrefix, PairBytes, pairs, hashes, Widest);

    /// <summary>Leaves of lists: H(0x00 || left), as <see cref="Blake2b.HashLeaf"/>.</summary>
    /// <param name="pairs">Hashes with 32 zero bytes beside them.</param>
    /// <param name="hashes">Room for as many hashes as pairs, elsewhere.</param>
    public static void HashListLeaves(ReadOnlySpan<HashPair> pairs, Span<Hash32> hashes) =>
        Hash(LeafPrefix, ListLeafBytes, pairs, hashes, Widest);

    /// <param name="first">The byte that each message begins with.</param>
    /// <param name="length">Bytes of a message: 65, or 33 where the second hashes are zero.</param>
    /// <param name="pairs">What follows the byte.</param>
    /// <param name="hashes">Room for as many hashes as pairs, elsewhere.</param>
    /// <param name="lanes">At most so many side by side: 8, 4 or 1, and no more than <see cref="Widest"/>.</param>
    internal static void Hash(
        byte first, int length, ReadOnlySpan<HashPair> pairs, Span<Hash32> hashes, int lanes)
    {
        Invariant.Check(lanes <= Widest);
        hashes = hashes[..pairs.Length];
        if (lanes == EightLanes.Count)
        {
            int whole = Whole<EightLanes, Vector512<ulong>>(first, length, pairs, hashes);
            pairs = pairs[whole..];
            hashes = hashes[whole..];
            if (IsWorthPadding(pairs.Length, EightLanes.Count))
            {
                Padded<EightLanes, Vector512<ulong>>(first, length, pairs, hashes);
                return;
            }
        }

        if (lanes >= FourLanes.Count)
        {
            int whole = Whole<FourLanes, Vector256<ulong>>(first, length, pairs, hashes);
            pairs = pairs[whole..];
            hashes = hashes[whole..];
            if (IsWorthPadding(pairs.Length, FourLanes.Count))
            {
                Padded<FourLanes, Vector256<ulong>>(first, length, pairs, hashes);
                return;
            }
        }

        for (int i = 0; i < pairs.Length; i++)
        {
            hashes[i] = One(first, length, pairs[i]);
        }
    }

    /// <summary>With half of the lanes empty, the narrower way is as fast or faster.</summary>
    private static bool IsWorthPadding(int pairs, int lanes) => pairs > lanes / 2;

    /// <summary>Hashes while all lanes are full. Returns how many pairs that were.</summary>
    private static int Whole<TLanes, TVector>(
        byte first, int length, ReadOnlySpan<HashPair> pairs, Span<Hash32> hashes)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int at = 0;
        for (; pairs.Length - at >= TLanes.Count; at += TLanes.Count)
        {
            LaneCompression<TLanes, TVector>.Hash(first, length, pairs[at..], hashes[at..]);
        }

        return at;
    }

    /// <summary>Hashes fewer pairs than lanes; what the other lanes hash is thrown away.</summary>
    private static void Padded<TLanes, TVector>(
        byte first, int length, ReadOnlySpan<HashPair> pairs, Span<Hash32> hashes)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        Span<HashPair> padded = stackalloc HashPair[TLanes.Count];
        Span<Hash32> results = stackalloc Hash32[TLanes.Count];
        pairs.CopyTo(padded);
        LaneCompression<TLanes, TVector>.Hash(first, length, padded, results);
        results[..pairs.Length].CopyTo(hashes);
    }

    private static Hash32 One(byte first, int length, HashPair pair)
    {
        Span<byte> message = stackalloc byte[PairBytes];
        message[0] = first;
        pair.Left.CopyTo(message[1..]);
        pair.Right.CopyTo(message[ListLeafBytes..]);
        return Blake2b.Hash(message[..length]);
    }
}
