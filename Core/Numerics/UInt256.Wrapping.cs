using System.Runtime.CompilerServices;

namespace EnergyChain.Core.Numerics;

/// <content>Sums, products and powers modulo 2^256.</content>
public readonly partial struct UInt256
{
    /// <summary>left + right modulo 2^256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 Add(in UInt256 left, in UInt256 right)
    {
        AddOverflows(left, right, out UInt256 sum);
        return sum;
    }

    /// <summary>left - right modulo 2^256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 Subtract(in UInt256 left, in UInt256 right)
    {
        SubtractUnderflows(left, right, out UInt256 difference);
        return difference;
    }

    /// <summary>0 - value modulo 2^256: the negative in two's complement.</summary>
    public static UInt256 Negate(in UInt256 value) => Subtract(default, value);

    /// <summary>left * right modulo 2^256.</summary>
    public static UInt256 Multiply(in UInt256 left, in UInt256 right)
    {
        unchecked
        {
            if (left.FitsUInt64 && right.FitsUInt64)
            {
                ulong high = Math.BigMul(left.L0, right.L0, out ulong low);
                return new UInt256(low, high);
            }

            ulong carry = 0;
            ulong r0 = MultiplyAdd(left.L0, right.L0, 0, ref carry);
            ulong r1 = MultiplyAdd(left.L0, right.L1, 0, ref carry);
            ulong r2 = MultiplyAdd(left.L0, right.L2, 0, ref carry);
            ulong r3 = (left.L0 * right.L3) + carry;

            carry = 0;
            r1 = MultiplyAdd(left.L1, right.L0, r1, ref carry);
            r2 = MultiplyAdd(left.L1, right.L1, r2, ref carry);
            r3 += (left.L1 * right.L2) + carry;

            carry = 0;
            r2 = MultiplyAdd(left.L2, right.L0, r2, ref carry);
            r3 += (left.L2 * right.L1) + carry + (left.L3 * right.L0);
            return new UInt256(r0, r1, r2, r3);
        }
    }

    /// <summary>left * right modulo 2^256; true when the product does not fit.</summary>
    public static unsafe bool MultiplyOverflows(in UInt256 left, in UInt256 right, out UInt256 product)
    {
        // Safety: both buffers have the lengths that MultiplyFull writes and this method reads.
        ulong* limbs = stackalloc ulong[8];
        MultiplyFull(left, right, limbs);
        product = new UInt256(limbs[0], limbs[1], limbs[2], limbs[3]);
        return (limbs[4] | limbs[5] | limbs[6] | limbs[7]) != 0;
    }

    /// <summary>value to the power of exponent modulo 2^256; 0^0 is 1.</summary>
    public static UInt256 Power(in UInt256 value, in UInt256 exponent)
    {
        if (value == new UInt256(2))
        {
            return ShiftLeft(One, exponent);
        }

        UInt256 result = One;
        UInt256 square = value;
        int bits = exponent.BitLength;
        for (int bit = 0; bit < bits; bit++)
        {
            if (exponent.Bit(bit))
            {
                result = Multiply(result, square);
            }

            square = Multiply(square, square);
        }

        return result;
    }

    // Safety: product points to 8 limbs.
    private static unsafe void MultiplyFull(in UInt256 left, in UInt256 right, ulong* product)
    {
        MultiplyRow(left.L0, right, 0, 0, 0, 0, product);
        MultiplyRow(left.L1, right, product[1], product[2], product[3], product[4], product + 1);
        MultiplyRow(left.L2, right, product[2], product[3], product[4], product[5], product + 2);
        MultiplyRow(left.L3, right, product[3], product[4], product[5], product[6], product + 3);
    }

    // Safety: result points to 5 limbs; it gets factor * right + the four limbs of the sum so far.
    private static unsafe void MultiplyRow(
        ulong factor, in UInt256 right, ulong s0, ulong s1, ulong s2, ulong s3, ulong* result)
    {
        ulong carry = 0;
        result[0] = MultiplyAdd(factor, right.L0, s0, ref carry);
        result[1] = MultiplyAdd(factor, right.L1, s1, ref carry);
        result[2] = MultiplyAdd(factor, right.L2, s2, ref carry);
        result[3] = MultiplyAdd(factor, right.L3, s3, ref carry);
        result[4] = carry;
    }

    /// <summary>
    /// The low limb of left * right + addend + carry; the high limb becomes the carry. It cannot overflow.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyAdd(ulong left, ulong right, ulong addend, ref ulong carry)
    {
        unchecked
        {
            ulong high = Math.BigMul(left, right, out ulong low);
            low += addend;
            high += low < addend ? 1UL : 0UL;
            low += carry;
            high += low < carry ? 1UL : 0UL;
            carry = high;
            return low;
        }
    }
}
