using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Crypto.Lanes;

/// <summary>Four hashes in vectors of 256 bits. Needs AVX2.</summary>
internal readonly struct FourLanes : ILanes<Vector256<ulong>>
{
    // Which halves of two vectors Permute2x128 takes: the lower of both, or the upper.
    private const byte Lower = 0x20;
    private const byte Upper = 0x31;

    public static bool AreSupported => Vector256.IsHardwareAccelerated && Avx2.IsSupported;

    public static int Count => 4;

    /// <summary>The shuffle, within halves, that reverses the bytes of each word.</summary>
    public static Vector256<byte> BytesReversed =>
        Vector256.Create(Vector128.Create(0x0001020304050607UL, 0x08090a0b0c0d0e0fUL)).AsByte();

    private static Vector256<byte> BytesTurned24 =>
        Vector256.Create(Vector128.Create(0x0201000706050403UL, 0x0a09080f0e0d0c0bUL)).AsByte();

    private static Vector256<byte> BytesTurned16 =>
        Vector256.Create(Vector128.Create(0x0100070605040302UL, 0x09080f0e0d0c0b0aUL)).AsByte();

    public static Vector256<ulong> Repeat(ulong word) => Vector256.Create(word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Add(Vector256<ulong> left, Vector256<ulong> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Xor(Vector256<ulong> left, Vector256<ulong> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> MoveByte(Vector256<ulong> before, Vector256<ulong> word) =>
        (word << 8) | (before >>> 56);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> TurnRight32(Vector256<ulong> words) =>
        Avx2.Shuffle(words.AsUInt32(), 0b10_11_00_01).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> TurnRight24(Vector256<ulong> words) => Avx512F.VL.IsSupported
        ? Avx512F.VL.RotateRight(words, 24)
        : Avx2.Shuffle(words.AsByte(), BytesTurned24).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> TurnRight16(Vector256<ulong> words) => Avx512F.VL.IsSupported
        ? Avx512F.VL.RotateRight(words, 16)
        : Avx2.Shuffle(words.AsByte(), BytesTurned16).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> TurnRight63(Vector256<ulong> words) => Avx512F.VL.IsSupported
        ? Avx512F.VL.RotateRight(words, 63)
        : (words + words) | (words >>> 63);

    public static void Load(ReadOnlySpan<HashPair> pairs, Span<Vector256<ulong>> words)
    {
        ReadOnlySpan<Vector256<ulong>> halves = MemoryMarshal.Cast<HashPair, Vector256<ulong>>(pairs)[..8];
        words = words[..8];
        Turn(halves[0], halves[2], halves[4], halves[6], out words[0], out words[1], out words[2], out words[3]);
        Turn(halves[1], halves[3], halves[5], halves[7], out words[4], out words[5], out words[6], out words[7]);
    }

    public static void Store(
        Vector256<ulong> word0,
        Vector256<ulong> word1,
        Vector256<ulong> word2,
        Vector256<ulong> word3,
        Span<Hash32> hashes)
    {
        Span<Vector256<ulong>> rows = MemoryMarshal.Cast<Hash32, Vector256<ulong>>(hashes)[..4];
        Turn(word0, word1, word2, word3, out rows[0], out rows[1], out rows[2], out rows[3]);
    }

    /// <summary>Turns four vectors of four words around, and the bytes of the words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(
        Vector256<ulong> row0,
        Vector256<ulong> row1,
        Vector256<ulong> row2,
        Vector256<ulong> row3,
        out Vector256<ulong> column0,
        out Vector256<ulong> column1,
        out Vector256<ulong> column2,
        out Vector256<ulong> column3)
    {
        Vector256<ulong> even01 = Avx2.UnpackLow(row0, row1);
        Vector256<ulong> even23 = Avx2.UnpackLow(row2, row3);
        Vector256<ulong> odd01 = Avx2.UnpackHigh(row0, row1);
        Vector256<ulong> odd23 = Avx2.UnpackHigh(row2, row3);
        column0 = Reverse(Avx2.Permute2x128(even01, even23, Lower));
        column1 = Reverse(Avx2.Permute2x128(odd01, odd23, Lower));
        column2 = Reverse(Avx2.Permute2x128(even01, even23, Upper));
        column3 = Reverse(Avx2.Permute2x128(odd01, odd23, Upper));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Reverse(Vector256<ulong> words) =>
        Avx2.Shuffle(words.AsByte(), BytesReversed).AsUInt64();
}
