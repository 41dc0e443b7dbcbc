using System.Numerics;

namespace EnergyChain.Core.Numerics;

/// <content>The exponent in windows, and what all rings share.</content>
public static unsafe partial class ModularPower
{
    private const int MaxWindow = 6;

    /// <summary>
    /// residue^exponent in the ring; the exponent's first byte is not zero. Sliding windows: a square per bit, and a
    /// product per window of bits that begins and ends with a one.
    /// </summary>
    private static ulong* Raise<TRing>(
        TRing ring, ulong* residue, ReadOnlySpan<byte> exponent, int window, ref LimbMemory space)
        where TRing : struct, IResidueRing
    {
        int limbs = ring.Limbs;
        ulong* result = space.Take(limbs);
        ulong* table = residue;
        if (window > 1)
        {
            // The odd powers; the square of the residue lies in result meanwhile.
            table = space.Take(limbs << (window - 1));
            Copy(residue, table, limbs);
            Copy(residue, result, limbs);
            ring.Square(result);
            for (int i = 1; i < 1 << (window - 1); i++)
            {
                Copy(table + ((i - 1) * limbs), table + (i * limbs), limbs);
                ring.Multiply(table + (i * limbs), result);
            }
        }

        bool isFirst = true;
        int bit = BitLength(exponent) - 1;
        while (bit >= 0)
        {
            if (!IsSet(exponent, bit))
            {
                ring.Square(result);
                bit--;
                continue;
            }

            int digit = TakeWindow(exponent, ref bit, window, out int taken);
            ulong* factor = table + ((digit >> 1) * limbs);
            for (int i = 0; i < taken && !isFirst; i++)
            {
                ring.Square(result);
            }

            if (isFirst)
            {
                Copy(factor, result, limbs);
            }
            else
            {
                ring.Multiply(result, factor);
            }

            isFirst = false;
        }

        return result;
    }

    /// <summary>The same modulo one odd limb, the residue in Montgomery's form, in registers.</summary>
    private static ulong RaiseOneLimb(ulong residue, ReadOnlySpan<byte> exponent, ulong modulus)
    {
        // Safety: a digit is odd and below 8, so half of it indexes the table's four entries.
        const int Window = 3;
        ulong inverse = InverseOfOdd(modulus);
        ulong square = MultiplyOneLimb(residue, residue, modulus, inverse);
        ulong* table = stackalloc ulong[1 << (Window - 1)];
        table[0] = residue;
        for (int i = 1; i < 1 << (Window - 1); i++)
        {
            table[i] = MultiplyOneLimb(table[i - 1], square, modulus, inverse);
        }

        int bit = BitLength(exponent) - 1;
        int digit = TakeWindow(exponent, ref bit, Window, out int taken);
        ulong result = table[digit >> 1];
        while (bit >= 0)
        {
            if (!IsSet(exponent, bit))
            {
                result = MultiplyOneLimb(result, result, modulus, inverse);
                bit--;
                continue;
            }

            digit = TakeWindow(exponent, ref bit, Window, out taken);
            for (int i = 0; i < taken; i++)
            {
                result = MultiplyOneLimb(result, result, modulus, inverse);
            }

            result = MultiplyOneLimb(result, table[digit >> 1], modulus, inverse);
        }

        return MultiplyOneLimb(result, 1, modulus, inverse);
    }

    /// <summary>left * right / 2^64 modulo an odd limb.</summary>
    private static ulong MultiplyOneLimb(ulong left, ulong right, ulong modulus, ulong inverse)
    {
        unchecked
        {
            ulong high = WideProduct.Multiply(left, right, out ulong low);
            ulong multiple = WideProduct.Multiply(low * inverse, modulus, out _);
            ulong result = high - multiple;
            return high < multiple ? result + modulus : result;
        }
    }

    /// <summary>Up to so many bits from a set one downwards, the last of them set; moves on behind them.</summary>
    private static int TakeWindow(ReadOnlySpan<byte> exponent, ref int bit, int window, out int taken)
    {
        int low = Math.Max(0, bit - window + 1);
        while (!IsSet(exponent, low))
        {
            low++;
        }

        int digit = 0;
        taken = bit - low + 1;
        for (; bit >= low; bit--)
        {
            digit = (digit << 1) | (IsSet(exponent, bit) ? 1 : 0);
        }

        return digit;
    }

    /// <summary>x * 2^(64 zeros) modulo m, which was shifted left by shift to set its highest bit.</summary>
    private static ulong* Remainder(
        ulong* x, int valueLimbs, int zeros, ulong* m, int limbs, int shift, ref LimbMemory space)
    {
        int length = zeros + valueLimbs + 1;
        ulong* numerator = space.Take(length);
        new Span<ulong>(numerator, zeros).Clear();
        Copy(x, numerator + zeros, valueLimbs);
        numerator[length - 1] = 0;
        LimbRow.ShiftLeft(numerator, length, shift);
        LimbDivision.Reduce(numerator, length, m, limbs);
        LimbRow.ShiftRight(numerator, limbs, shift);
        return numerator;
    }

    private static void Copy(ulong* source, ulong* destination, int limbs) =>
        new Span<ulong>(source, limbs).CopyTo(new Span<ulong>(destination, limbs));

    private static void CopyShifted(ulong* source, int sourceLimbs, int bits, ulong* destination, int limbs)
    {
        int skipped = bits / 64;
        int shift = bits % 64;
        for (int i = 0; i < limbs; i++)
        {
            ulong next = i + skipped + 1 < sourceLimbs ? source[i + skipped + 1] : 0;
            destination[i] = shift == 0
                ? source[i + skipped]
                : (source[i + skipped] >> shift) | (next << (64 - shift));
        }
    }

    /// <summary>Clears what lies above the given number of bits, which end in the highest limb.</summary>
    private static void Mask(ulong* value, int limbs, int bits)
    {
        int whole = bits / 64;
        if (whole < limbs)
        {
            value[whole] &= (1UL << (bits % 64)) - 1;
            new Span<ulong>(value + whole + 1, limbs - whole - 1).Clear();
        }
    }

    private static int TrailingZeros(ulong* value)
    {
        int limb = 0;
        while (value[limb] == 0)
        {
            limb++;
        }

        return (64 * limb) + BitOperations.TrailingZeroCount(value[limb]);
    }

    private static int WindowOf(int exponentBits) => exponentBits switch
    {
        <= 8 => 1,
        <= 24 => 2,
        <= 80 => 3,
        <= 240 => 4,
        <= 672 => 5,
        _ => MaxWindow,
    };

    private static bool IsSet(ReadOnlySpan<byte> number, int bit) =>
        ((number[number.Length - 1 - (bit >> 3)] >> (bit & 7)) & 1) != 0;

    private static int BitLength(ReadOnlySpan<byte> number) =>
        (8 * number.Length) - BitOperations.LeadingZeroCount(number[0]) + 24;

    private static int LimbCount(ReadOnlySpan<byte> number) => (number.Length + 7) / 8;
}
