using System.Buffers;
using System.Numerics;

namespace EnergyChain.Core.Numerics;

/// <summary>
/// Powers modulo numbers of any length. An odd modulus goes by Montgomery products, a power of two by truncated ones,
/// any other even modulus by both, joined by the Chinese remainder theorem. Not constant in time: for public values.
/// </summary>
public static unsafe partial class ModularPower
{
    /// <summary>Bits of an exponent up to which entering Montgomery's form costs more than it saves.</summary>
    private const int ShortExponentBits = 3;

    /// <summary>
    /// value^exponent modulo modulus, with 0^0 = 1; zero for the moduli 0 and 1. All numbers are big-endian and may
    /// begin with zeros; memory is pooled, and in proportion to the modulus and the value.
    /// </summary>
    /// <param name="value">The base, below the modulus or not.</param>
    /// <param name="exponent">The exponent.</param>
    /// <param name="modulus">The modulus.</param>
    /// <param name="result">As long as the modulus.</param>
    public static void Compute(
        ReadOnlySpan<byte> value, ReadOnlySpan<byte> exponent, ReadOnlySpan<byte> modulus, Span<byte> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, modulus.Length);
        result.Clear();
        value = value.TrimStart((byte)0);
        exponent = exponent.TrimStart((byte)0);
        modulus = modulus.TrimStart((byte)0);
        if (modulus.IsEmpty || (modulus.Length == 1 && modulus[0] == 1))
        {
            return;
        }

        if (exponent.IsEmpty)
        {
            result[^1] = 1;
            return;
        }

        if (!value.IsEmpty)
        {
            int limbs = LimbCount(modulus);
            int valueLimbs = Math.Max(limbs, LimbCount(value));
            int window = WindowOf(BitLength(exponent));

            // The base and its numerator; modulus, its parts, product, results; the powers of the window.
            int size = (2 * valueLimbs) + (9 * limbs) + 16 + (limbs << (window - 1));
            ulong[] buffer = ArrayPool<ulong>.Shared.Rent(size);
            fixed (ulong* memory = buffer)
            {
                // Safety: all that follows takes its limbs from this buffer, which checks that they suffice.
                LimbMemory space = new(memory, size);
                ulong* power = Power(value, exponent, modulus, valueLimbs, window, ref space);
                LimbRow.Write(power, limbs, result);
            }

            ArrayPool<ulong>.Shared.Return(buffer);
        }
    }

    /// <summary>The inverse modulo 2^64: each of Newton's steps doubles the bits that are right.</summary>
    internal static ulong InverseOfOdd(ulong odd)
    {
        unchecked
        {
            ulong inverse = odd;
            for (int bits = 3; bits < 64; bits *= 2)
            {
                inverse *= 2 - (odd * inverse);
            }

            return inverse;
        }
    }

    private static ulong* Power(
        ReadOnlySpan<byte> value,
        ReadOnlySpan<byte> exponent,
        ReadOnlySpan<byte> modulus,
        int valueLimbs,
        int window,
        ref LimbMemory space)
    {
        int limbs = LimbCount(modulus);
        ulong* m = space.Take(limbs);
        LimbRow.Read(m, limbs, modulus);
        ulong* x = space.Take(valueLimbs);
        LimbRow.Read(x, valueLimbs, value);
        if (BitLength(exponent) <= ShortExponentBits)
        {
            return ByDivision(x, valueLimbs, exponent, m, limbs, ref space);
        }

        int zeros = TrailingZeros(m);
        if (zeros == 0)
        {
            return OfOdd(x, valueLimbs, exponent, m, limbs, window, ref space);
        }

        // m = odd * 2^zeros.
        int oddBits = BitLength(modulus) - zeros;
        int binaryLimbs = (zeros + 63) / 64;
        if (oddBits == 1)
        {
            return OfBinary(x, exponent, zeros, limbs, window, ref space);
        }

        int oddLimbs = (oddBits + 63) / 64;
        ulong* odd = space.Take(oddLimbs);
        CopyShifted(m, limbs, zeros, odd, oddLimbs);
        ulong* table = space.Take(0);
        ulong* binary = OfBinary(x, exponent, zeros, binaryLimbs, window, ref space);
        ulong* rest = space.Keep(table, binary, binaryLimbs);
        ulong* result = OfOdd(x, valueLimbs, exponent, odd, oddLimbs, window, ref space);
        return Join(result, odd, oddLimbs, rest, zeros, limbs, ref space);
    }

    private static ulong* ByDivision(
        ulong* x, int valueLimbs, ReadOnlySpan<byte> exponent, ulong* m, int limbs, ref LimbMemory space)
    {
        int shift = BitOperations.LeadingZeroCount(m[limbs - 1]);
        LimbRow.ShiftLeft(m, limbs, shift);
        ulong* residue = Remainder(x, valueLimbs, 0, m, limbs, shift, ref space);
        DivisionRing ring = new(m, limbs, shift, space.Take((2 * limbs) + 1));
        return Raise(ring, residue, exponent, 1, ref space);
    }

    private static ulong* OfOdd(
        ulong* x,
        int valueLimbs,
        ReadOnlySpan<byte> exponent,
        ulong* m,
        int limbs,
        int window,
        ref LimbMemory space)
    {
        ulong* divisor = space.Take(limbs);
        new Span<ulong>(m, limbs).CopyTo(new Span<ulong>(divisor, limbs));
        int shift = BitOperations.LeadingZeroCount(m[limbs - 1]);
        LimbRow.ShiftLeft(divisor, limbs, shift);
        ulong* residue = Remainder(x, valueLimbs, limbs, divisor, limbs, shift, ref space);
        if (limbs == 1)
        {
            *residue = RaiseOneLimb(*residue, exponent, *m);
            return residue;
        }

        MontgomeryRing ring = new(m, limbs, space.Take(2 * limbs));
        ulong* result = Raise(ring, residue, exponent, window, ref space);
        ring.Leave(result);
        return result;
    }

    private static ulong* OfBinary(
        ulong* x, ReadOnlySpan<byte> exponent, int bits, int limbs, int window, ref LimbMemory space)
    {
        ulong* residue = space.Take(limbs);
        new Span<ulong>(x, limbs).CopyTo(new Span<ulong>(residue, limbs));
        BinaryRing ring = new(limbs, space.Take(limbs));
        ulong* result = Raise(ring, residue, exponent, window, ref space);
        Mask(result, limbs, bits);
        return result;
    }

    /// <summary>
    /// The number below odd * 2^bits that is <paramref name="residue"/> modulo odd and <paramref name="low"/> modulo
    /// 2^bits: residue + odd * ((low - residue) / odd modulo 2^bits).
    /// </summary>
    private static ulong* Join(
        ulong* residue, ulong* odd, int oddLimbs, ulong* low, int bits, int limbs, ref LimbMemory space)
    {
        unchecked
        {
            int lowLimbs = (bits + 63) / 64;
            int shared = Math.Min(oddLimbs, lowLimbs);
            ulong borrow = LimbRow.Subtract(low, residue, shared);
            for (int i = shared; i < lowLimbs && borrow != 0; i++)
            {
                borrow = low[i]-- == 0 ? 1UL : 0UL;
            }

            // Division by an odd number modulo a power of two, a limb at a time from below; it leaves zeros.
            ulong inverse = InverseOfOdd(odd[0]);
            ulong* sum = space.Take(oddLimbs + lowLimbs + 1);
            new Span<ulong>(sum, oddLimbs + lowLimbs + 1).Clear();
            new Span<ulong>(residue, oddLimbs).CopyTo(new Span<ulong>(sum, oddLimbs));
            for (int i = 0; i < lowLimbs; i++)
            {
                ulong digit = low[i] * inverse;
                int length = Math.Min(oddLimbs, lowLimbs - i);
                ulong under = LimbRow.SubtractProduct(low + i, odd, length, digit);
                for (int j = i + length; j < lowLimbs && under != 0; j++)
                {
                    ulong before = low[j];
                    low[j] = before - under;
                    under = before < under ? 1UL : 0UL;
                }

                int last = bits & 63;
                digit &= i == lowLimbs - 1 && last != 0 ? (1UL << last) - 1 : ulong.MaxValue;
                ulong carry = LimbRow.AddProduct(sum + i, odd, oddLimbs, digit);
                for (int j = i + oddLimbs; carry != 0; j++)
                {
                    sum[j] += carry;
                    carry = sum[j] < carry ? 1UL : 0UL;
                }
            }

            Invariant.Check(oddLimbs + lowLimbs >= limbs);
            return sum;
        }
    }
}
