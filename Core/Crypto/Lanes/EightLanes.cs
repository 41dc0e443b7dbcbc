using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Crypto.Lanes;

/// <summary>Eight hashes in vectors of 512 bits. Needs AVX-512 F and BW.</summary>
internal readonly struct EightLanes : ILanes<Vector512<ulong>>
{
    // Which quarters of two vectors Shuffle4x128 takes: the first and third of each, or the second and fourth.
    private const byte Even = 0b10_00_10_00;
    private const byte Odd = 0b11_01_11_01;

    public static bool AreSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Avx512BW.IsSupported;

    public static int Count => 8;

    private static Vector512<byte> BytesReversed => Vector512.Create(FourLanes.BytesReversed, FourLanes.BytesReversed);

    public static Vector512<ulong> Repeat(ulong word) => Vector512.Create(word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Add(Vector512<ulong> left, Vector512<ulong> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Xor(Vector512<ulong> left, Vector512<ulong> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> MoveByte(Vector512<ulong> before, Vector512<ulong> word) =>
        (word << 8) | (before >>> 56);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> TurnRight32(Vector512<ulong> words) => Avx512F.RotateRight(words, 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> TurnRight24(Vector512<ulong> words) => Avx512F.RotateRight(words, 24);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> TurnRight16(Vector512<ulong> words) => Avx512F.RotateRight(words, 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> TurnRight63(Vector512<ulong> words) => Avx512F.RotateRight(words, 63);

    public static void Load(ReadOnlySpan<HashPair> pairs, Span<Vector512<ulong>> words)
    {
        ReadOnlySpan<Vector512<ulong>> rows = MemoryMarshal.Cast<HashPair, Vector512<ulong>>(pairs)[..8];
        words = words[..8];
        Turn(
            Avx512F.UnpackLow(rows[0], rows[1]),
            Avx512F.UnpackLow(rows[2], rows[3]),
            Avx512F.UnpackLow(rows[4], rows[5]),
            Avx512F.UnpackLow(rows[6], rows[7]),
            out words[0],
            out words[2],
            out words[4],
            out words[6]);
        Turn(
            Avx512F.UnpackHigh(rows[0], rows[1]),
            Avx512F.UnpackHigh(rows[2], rows[3]),
            Avx512F.UnpackHigh(rows[4], rows[5]),
            Avx512F.UnpackHigh(rows[6], rows[7]),
            out words[1],
            out words[3],
            out words[5],
            out words[7]);
    }

    public static void Store(
        Vector512<ulong> word0,
        Vector512<ulong> word1,
        Vector512<ulong> word2,
        Vector512<ulong> word3,
        Span<Hash32> hashes)
    {
        Span<Vector512<ulong>> rows = MemoryMarshal.Cast<Hash32, Vector512<ulong>>(hashes)[..4];
        Turn(
            Avx512F.UnpackLow(word0, word1),
            Avx512F.UnpackLow(word2, word3),
            Avx512F.UnpackHigh(word0, word1),
            Avx512F.UnpackHigh(word2, word3),
            out rows[0],
            out rows[1],
            out rows[2],
            out rows[3]);
    }

    /// <summary>Turns four vectors of four quarters around, and the bytes of their words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(
        Vector512<ulong> row0,
        Vector512<ulong> row1,
        Vector512<ulong> row2,
        Vector512<ulong> row3,
        out Vector512<ulong> column0,
        out Vector512<ulong> column1,
        out Vector512<ulong> column2,
        out Vector512<ulong> column3)
    {
        Vector512<ulong> even01 = Avx512F.Shuffle4x128(row0, row1, Even);
        Vector512<ulong> even23 = Avx512F.Shuffle4x128(row2, row3, Even);
        Vector512<ulong> odd01 = Avx512F.Shuffle4x128(row0, row1, Odd);
        Vector512<ulong> odd23 = Avx512F.Shuffle4x128(row2, row3, Odd);
        column0 = Reverse(Avx512F.Shuffle4x128(even01, even23, Even));
        column1 = Reverse(Avx512F.Shuffle4x128(odd01, odd23, Even));
        column2 = Reverse(Avx512F.Shuffle4x128(even01, even23, Odd));
        column3 = Reverse(Avx512F.Shuffle4x128(odd01, odd23, Odd));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Reverse(Vector512<ulong> words) =>
        Avx512BW.Shuffle(words.AsByte(), BytesReversed).AsUInt64();
}
