using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EnergyChain.Core.Crypto;

namespace EnergyChain.Vm.Precompiles;

/// <summary>
/// The rounds of BLAKE2b (RFC 7693, 3.2), of any number. They run on four words at once where the processor has
/// vectors for it, else word by word, with the same result.
/// </summary>
internal static class Blake2Rounds
{
    /// <summary>Mixes the 16 words of <paramref name="v"/> with the 16 of the message.</summary>
    public static void Run(Span<ulong> v, ReadOnlySpan<ulong> message, uint rounds)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            RunVectors(v, message, rounds);
        }
        else
        {
            RunWords(v, message, rounds);
        }
    }

    internal static void RunWords(Span<ulong> v, ReadOnlySpan<ulong> m, uint rounds)
    {
        for (uint round = 0; round < rounds; round++)
        {
            ReadOnlySpan<byte> s = Blake2bSchedule.OfRound(round);
            Mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]]);
            Mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]]);
            Mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]]);
            Mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]]);
            Mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]]);
            Mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]]);
            Mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]]);
            Mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]]);
        }
    }

    internal static void RunVectors(Span<ulong> v, ReadOnlySpan<ulong> message, uint rounds)
    {
        // The rows of the 4 by 4 matrix; a round mixes its columns, then, rows turned against each other, diagonals.
        Vector256<ulong> a = Vector256.Create<ulong>(v);
        Vector256<ulong> b = Vector256.Create<ulong>(v[4..]);
        Vector256<ulong> c = Vector256.Create<ulong>(v[8..]);
        Vector256<ulong> d = Vector256.Create<ulong>(v[12..]);
        Span<Vector256<ulong>> words = stackalloc Vector256<ulong>[4 * Blake2bSchedule.Period];
        Arrange(message, MemoryMarshal.Cast<Vector256<ulong>, ulong>(words), rounds);
        int at = 0;
        for (uint round = 0; round < rounds; round++)
        {
            Mix(ref a, ref b, ref c, ref d, words[at], words[at + 1]);
            b = Vector256.Shuffle(b, Vector256.Create(1UL, 2, 3, 0));
            c = Vector256.Shuffle(c, Vector256.Create(2UL, 3, 0, 1));
            d = Vector256.Shuffle(d, Vector256.Create(3UL, 0, 1, 2));
            Mix(ref a, ref b, ref c, ref d, words[at + 2], words[at + 3]);
            b = Vector256.Shuffle(b, Vector256.Create(3UL, 0, 1, 2));
            c = Vector256.Shuffle(c, Vector256.Create(2UL, 3, 0, 1));
            d = Vector256.Shuffle(d, Vector256.Create(1UL, 2, 3, 0));
            at = at == 4 * (Blake2bSchedule.Period - 1) ? 0 : at + 4;
        }

        a.CopyTo(v);
        b.CopyTo(v[4..]);
        c.CopyTo(v[8..]);
        d.CopyTo(v[12..]);
    }

    /// <summary>The message in the order in which vectors take it, for as many rounds as are different.</summary>
    private static void Arrange(ReadOnlySpan<ulong> message, Span<ulong> words, uint rounds)
    {
        int used = (int)Math.Min(rounds, Blake2bSchedule.Period);
        for (int i = 0; i < 16 * used; i++)
        {
            // Of each eight words, a vector takes the even ones first, which the first half of a mixing adds.
            int place = (i & ~7) | ((i & 1) << 2) | ((i & 7) >> 1);
            words[place] = message[Blake2bSchedule.All[i]];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector256<ulong> a,
        ref Vector256<ulong> b,
        ref Vector256<ulong> c,
        ref Vector256<ulong> d,
        Vector256<ulong> x,
        Vector256<ulong> y)
    {
        // The sums begin with what is known early: each step waits for the one before it.
        a = a + x + b;
        d = Turn(d ^ a, 32);
        c += d;
        b = Turn(b ^ c, 24);
        a = a + y + b;
        d = Turn(d ^ a, 16);
        c += d;
        b = Turn(b ^ c, 63);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Turn(Vector256<ulong> words, [ConstantExpected] byte bits)
    {
        if (Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.RotateRight(words, bits);
        }

        return (words >>> bits) | (words << (64 - bits));
    }

    private static void Mix(Span<ulong> v, int a, int b, int c, int d, ulong x, ulong y)
    {
        unchecked
        {
            v[a] += v[b] + x;
            v[d] = BitOperations.RotateRight(v[d] ^ v[a], 32);
            v[c] += v[d];
            v[b] = BitOperations.RotateRight(v[b] ^ v[c], 24);
            v[a] += v[b] + y;
            v[d] = BitOperations.RotateRight(v[d] ^ v[a], 16);
            v[c] += v[d];
            v[b] = BitOperations.RotateRight(v[b] ^ v[c], 63);
        }
    }
}
