using System.Runtime.CompilerServices;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Crypto.Lanes;

/// <summary>
/// BLAKE2b-256 without a key (RFC 7693) of messages of one block: a byte, then the bytes of a pair of hashes or of its
/// first; as many side by side as there are lanes.
/// </summary>
internal static class LaneCompression<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int Rounds = 12;
    private const int Words = 16;

    // The parameter block: 32 bytes of hash, no key, one leaf.
    private const ulong Parameters = 0x01010000 ^ Hash32.Size;

    private const ulong Iv0 = 0x6a09e667f3bcc908;
    private const ulong Iv1 = 0xbb67ae8584caa73b;
    private const ulong Iv2 = 0x3c6ef372fe94f82b;
    private const ulong Iv3 = 0xa54ff53a5f1d36f1;
    private const ulong Iv4 = 0x510e527fade682d1;
    private const ulong Iv5 = 0x9b05688c2b3e6c1f;
    private const ulong Iv6 = 0x1f83d9abfb41bd6b;
    private const ulong Iv7 = 0x5be0cd19137e2179;

    /// <summary>The hashes of one message a lane.</summary>
    /// <param name="first">The byte that each message begins with.</param>
    /// <param name="length">
    /// Bytes of each message: 65, or 33, and then the second hash of each pair must be zero.
    /// </param>
    /// <param name="pairs">At least as many as lanes; those beyond are not read.</param>
    /// <param name="hashes">As many are written as there are lanes.</param>
    public static void Hash(byte first, int length, ReadOnlySpan<HashPair> pairs, Span<Hash32> hashes)
    {
        Span<TVector> message = stackalloc TVector[Words];
        Arrange(first, pairs, message);
        TVector v0 = TLanes.Repeat(Iv0 ^ Parameters);
        TVector v1 = TLanes.Repeat(Iv1);
        TVector v2 = TLanes.Repeat(Iv2);
        TVector v3 = TLanes.Repeat(Iv3);
        TVector v4 = TLanes.Repeat(Iv4);
        TVector v5 = TLanes.Repeat(Iv5);
        TVector v6 = TLanes.Repeat(Iv6);
        TVector v7 = TLanes.Repeat(Iv7);
        TVector v8 = TLanes.Repeat(Iv0);
        TVector v9 = TLanes.Repeat(Iv1);
        TVector v10 = TLanes.Repeat(Iv2);
        TVector v11 = TLanes.Repeat(Iv3);
        TVector v12 = TLanes.Repeat(Iv4 ^ (ulong)length);
        TVector v13 = TLanes.Repeat(Iv5);
        TVector v14 = TLanes.Repeat(~Iv6);
        TVector v15 = TLanes.Repeat(Iv7);
        for (int round = 0; round < Rounds; round++)
        {
            ReadOnlySpan<byte> s = Blake2bSchedule.OfRound((uint)round);
            Mix(ref v0, ref v4, ref v8, ref v12, message[s[0]], message[s[1]]);
            Mix(ref v1, ref v5, ref v9, ref v13, message[s[2]], message[s[3]]);
            Mix(ref v2, ref v6, ref v10, ref v14, message[s[4]], message[s[5]]);
            Mix(ref v3, ref v7, ref v11, ref v15, message[s[6]], message[s[7]]);
            Mix(ref v0, ref v5, ref v10, ref v15, message[s[8]], message[s[9]]);
            Mix(ref v1, ref v6, ref v11, ref v12, message[s[10]], message[s[11]]);
            Mix(ref v2, ref v7, ref v8, ref v13, message[s[12]], message[s[13]]);
            Mix(ref v3, ref v4, ref v9, ref v14, message[s[14]], message[s[15]]);
        }

        TLanes.Store(
            TLanes.Xor(TLanes.Repeat(Iv0 ^ Parameters), TLanes.Xor(v0, v8)),
            TLanes.Xor(TLanes.Repeat(Iv1), TLanes.Xor(v1, v9)),
            TLanes.Xor(TLanes.Repeat(Iv2), TLanes.Xor(v2, v10)),
            TLanes.Xor(TLanes.Repeat(Iv3), TLanes.Xor(v3, v11)),
            hashes);
    }

    /// <summary>The words of the messages: those of the pairs, moved by the byte that goes before them.</summary>
    private static void Arrange(byte first, ReadOnlySpan<HashPair> pairs, Span<TVector> message)
    {
        TLanes.Load(pairs, message);
        message[8..].Fill(TLanes.Repeat(0));
        TVector before = TLanes.Repeat((ulong)first << 56);
        for (int i = 0; i <= 8; i++)
        {
            TVector word = message[i];
            message[i] = TLanes.MoveByte(before, word);
            before = word;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref TVector a, ref TVector b, ref TVector c, ref TVector d, TVector x, TVector y)
    {
        // The sums begin with what is known early: each step waits for the one before it.
        a = TLanes.Add(TLanes.Add(a, x), b);
        d = TLanes.TurnRight32(TLanes.Xor(d, a));
        c = TLanes.Add(c, d);
        b = TLanes.TurnRight24(TLanes.Xor(b, c));
        a = TLanes.Add(TLanes.Add(a, y), b);
        d = TLanes.TurnRight16(TLanes.Xor(d, a));
        c = TLanes.Add(c, d);
        b = TLanes.TurnRight63(TLanes.Xor(b, c));
    }
}
