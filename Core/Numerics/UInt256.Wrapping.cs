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
                ulong high = WideProduct.Multiply(left.L0, right.L0, out ulong low);
                return new UInt256(low, high);
            }

            ulong carry = 0;
            ulong r0 = WideProduct.MultiplyAdd(left.L0, right.L0, ref carry);
            ulong r1 = WideProduct.MultiplyAdd(left.L0, right.L1, ref carry);
            ulong r2 = WideProduct.MultiplyAdd(left.L0, right.L2, ref carry);
            ulong r3 = (left.L0 * right.L3) + carry;

            carry = 0;
            r1 = WideProduct.MultiplyAdd(left.L1, right.L0, r1, ref carry);
            r2 = WideProduct.MultiplyAdd(left.L1, right.L1, r2, ref carry);
            r3 += (left.L1 * right.L2) + carry;

            carry = 0;
            r2 = WideProduct.MultiplyAdd(left.L2, right.L0, r2, ref carry);
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

    /// <summary>left * right / 2^384, rounded to the nearest.</summary>
    internal static unsafe UInt256 MultiplyHigh(in UInt256 left, in UInt256 right)
    {
        // Safety: the product has 8 limbs.
        ulong* limbs = stackalloc ulong[8];
        MultiplyFull(left, right, limbs);
        return Add(new UInt256(limbs[6], limbs[7]), new UInt256(limbs[5] >> 63));
    }

    // Safety: product points to 8 limbs. All is computed in locals first, so that no store can alias an operand.
    internal static unsafe void MultiplyFull(in UInt256 left, in UInt256 right, ulong* product)
    {
        (ulong a0, ulong a1, ulong a2, ulong a3) = (left.L0, left.L1, left.L2, left.L3);
        (ulong b0, ulong b1, ulong b2, ulong b3) = (right.L0, right.L1, right.L2, right.L3);
        ulong carry = 0;
        ulong p0 = WideProduct.MultiplyAdd(a0, b0, ref carry);
        ulong p1 = WideProduct.MultiplyAdd(a0, b1, ref carry);
        ulong p2 = WideProduct.MultiplyAdd(a0, b2, ref carry);
        ulong p3 = WideProduct.MultiplyAdd(a0, b3, ref carry);
        ulong p4 = carry;

        carry = 0;
        p1 = WideProduct.MultiplyAdd(a1, b0, p1, ref carry);
        p2 = WideProduct.MultiplyAdd(a1, b1, p2, ref carry);
        p3 = WideProduct.MultiplyAdd(a1, b2, p3, ref carry);
        p4 = WideProduct.MultiplyAdd(a1, b3, p4, ref carry);
        ulong p5 = carry;

        carry = 0;
        p2 = WideProduct.MultiplyAdd(a2, b0, p2, ref carry);
        p3 = WideProduct.MultiplyAdd(a2, b1, p3, ref carry);
        p4 = WideProduct.MultiplyAdd(a2, b2, p4, ref carry);
        p5 = WideProduct.MultiplyAdd(a2, b3, p5, ref carry);
        ulong p6 = carry;

        carry = 0;
        p3 = WideProduct.MultiplyAdd(a3, b0, p3, ref carry);
        p4 = WideProduct.MultiplyAdd(a3, b1, p4, ref carry);
        p5 = WideProduct.MultiplyAdd(a3, b2, p5, ref carry);
        p6 = WideProduct.MultiplyAdd(a3, b3, p6, ref carry);
        ulong p7 = carry;

        product[0] = p0;
        product[1] = p1;
        product[2] = p2;
        product[3] = p3;
        product[4] = p4;
        product[5] = p5;
        product[6] = p6;
        product[7] = p7;
    }
}
