using System.Numerics;
using System.Runtime.CompilerServices;

namespace EnergyChain.Core.Numerics;

/// <content>
/// Division of four limbs, and of a product by four, with the remainder in registers.
/// </content>
internal static unsafe partial class LimbDivision
{
    /// <summary>The remainder of an 8-limb numerator by a divisor whose highest limb is not zero.</summary>
    /// <remarks>Safety: numerator points to 8 limbs.</remarks>
    public static UInt256 RemainderByFour(ulong* numerator, in UInt256 divisor)
    {
        int shift = BitOperations.LeadingZeroCount(divisor.L3);
        UInt256 d = UInt256.ShiftLeft(divisor, shift);
        ulong reciprocal = Reciprocal(d.L3, d.L2);

        // The numerator, shifted as the divisor is; 64 - shift may be 64, so it takes two steps.
        int back = 63 - shift;
        ulong n0 = numerator[0] << shift;
        ulong n1 = (numerator[1] << shift) | (numerator[0] >> 1 >> back);
        ulong n2 = (numerator[2] << shift) | (numerator[1] >> 1 >> back);
        ulong n3 = (numerator[3] << shift) | (numerator[2] >> 1 >> back);
        ulong r0 = (numerator[4] << shift) | (numerator[3] >> 1 >> back);
        ulong r1 = (numerator[5] << shift) | (numerator[4] >> 1 >> back);
        ulong r2 = (numerator[6] << shift) | (numerator[5] >> 1 >> back);
        ulong r3 = (numerator[7] << shift) | (numerator[6] >> 1 >> back);
        ulong top = numerator[7] >> 1 >> back;
        if (top != 0 || r3 >= d.L3)
        {
            // The quotient may have a fifth digit, which it has not when both factors are below the divisor.
            ulong next = r0;
            (r0, r1, r2, r3) = (r1, r2, r3, top);
            Reduce(ref r3, ref r2, ref r1, ref r0, next, d, reciprocal);
        }

        Reduce(ref r3, ref r2, ref r1, ref r0, n3, d, reciprocal);
        Reduce(ref r3, ref r2, ref r1, ref r0, n2, d, reciprocal);
        Reduce(ref r3, ref r2, ref r1, ref r0, n1, d, reciprocal);
        Reduce(ref r3, ref r2, ref r1, ref r0, n0, d, reciprocal);
        return UInt256.ShiftRight(new UInt256(r0, r1, r2, r3), shift);
    }

    /// <summary>Quotient and remainder of 4 limbs by a divisor of three or four.</summary>
    public static UInt256 DivideByThreeOrFour(in UInt256 left, in UInt256 divisor, out UInt256 remainder)
    {
        if (divisor.L3 >> 32 != 0)
        {
            return DivideByHighLimb(left, divisor, out remainder);
        }

        int limbShift = divisor.L3 == 0 ? 64 : 0;
        int shift = BitOperations.LeadingZeroCount(limbShift == 0 ? divisor.L3 : divisor.L2);
        UInt256 d = UInt256.ShiftLeft(divisor, limbShift + shift);
        ulong reciprocal = Reciprocal(d.L3, d.L2);
        int back = 63 - shift;
        ulong r0 = (left.L1 << shift) | (left.L0 >> 1 >> back);
        ulong r1 = (left.L2 << shift) | (left.L1 >> 1 >> back);
        ulong r2 = (left.L3 << shift) | (left.L2 >> 1 >> back);
        ulong r3 = left.L3 >> 1 >> back;
        ulong last = left.L0 << shift;
        ulong q1 = 0;
        if (limbShift != 0)
        {
            q1 = Reduce(ref r3, ref r2, ref r1, ref r0, last, d, reciprocal);
            last = 0;
        }

        ulong q0 = Reduce(ref r3, ref r2, ref r1, ref r0, last, d, reciprocal);
        remainder = UInt256.ShiftRight(new UInt256(r0, r1, r2, r3), limbShift + shift);
        return new UInt256(q0, q1);
    }

    /// <summary>
    /// Quotient and remainder by a divisor of 2^224 or more. The quotient of the highest limbs is less than 2 above
    /// the true one: with a divisor between h 2^192 and (h + 1) 2^192, the difference is below 2^64 / (h (h + 1)) + 1.
    /// </summary>
    private static UInt256 DivideByHighLimb(in UInt256 left, in UInt256 divisor, out UInt256 remainder)
    {
        unchecked
        {
            ulong digit = left.L3 / divisor.L3;
            ulong carry = 0;
            UInt256 product = new(
                WideProduct.MultiplyAdd(divisor.L0, digit, ref carry),
                WideProduct.MultiplyAdd(divisor.L1, digit, ref carry),
                WideProduct.MultiplyAdd(divisor.L2, digit, ref carry),
                WideProduct.MultiplyAdd(divisor.L3, digit, ref carry));
            bool isNegative = UInt256.SubtractUnderflows(left, product, out UInt256 rest) || carry != 0;
            while (isNegative)
            {
                digit--;
                isNegative = !UInt256.AddOverflows(rest, divisor, out rest);
            }

            remainder = rest;
            return new UInt256(digit);
        }
    }

    /// <summary>Quotient and remainder of 4 limbs by two.</summary>
    public static UInt256 DivideByTwo(in UInt256 left, in UInt256 divisor, out UInt256 remainder)
    {
        int shift = BitOperations.LeadingZeroCount(divisor.L1);
        int back = 63 - shift;
        ulong high = (divisor.L1 << shift) | (divisor.L0 >> 1 >> back);
        ulong low = divisor.L0 << shift;
        ulong reciprocal = Reciprocal(high, low);
        ulong u0 = left.L0 << shift;
        ulong u1 = (left.L1 << shift) | (left.L0 >> 1 >> back);
        ulong r0 = (left.L2 << shift) | (left.L1 >> 1 >> back);
        ulong r1 = (left.L3 << shift) | (left.L2 >> 1 >> back);
        ulong r2 = left.L3 >> 1 >> back;
        ulong q2 = 0;
        if ((r2 | r1) != 0)
        {
            q2 = DivideThreeByTwo(r2, r1, r0, high, low, reciprocal, out r1, out r0);
        }

        ulong q1 = DivideThreeByTwo(r1, r0, u1, high, low, reciprocal, out r1, out r0);
        ulong q0 = DivideThreeByTwo(r1, r0, u0, high, low, reciprocal, out r1, out r0);
        remainder = new UInt256((r0 >> shift) | (r1 << 1 << back), r1 >> shift);
        return new UInt256(q0, q1, q2);
    }

    /// <summary>Quotient and remainder of 4 limbs by one.</summary>
    public static UInt256 DivideByOne(in UInt256 left, ulong divisor, out ulong remainder)
    {
        int shift = BitOperations.LeadingZeroCount(divisor);
        int back = 63 - shift;
        ulong d = divisor << shift;
        ulong reciprocal = Reciprocal(d);
        ulong q3 = 0;
        ulong q2 = 0;
        ulong rest = left.L3 >> 1 >> back;
        if (left.L3 != 0)
        {
            ulong next = (left.L3 << shift) | (left.L2 >> 1 >> back);
            q3 = DivideTwoByOne(rest, next, d, reciprocal, out rest);
        }
        else
        {
            rest = left.L2 >> 1 >> back;
        }

        if ((left.L3 | left.L2) != 0)
        {
            q2 = DivideTwoByOne(rest, (left.L2 << shift) | (left.L1 >> 1 >> back), d, reciprocal, out rest);
        }
        else
        {
            rest = left.L1 >> 1 >> back;
        }

        ulong q1 = DivideTwoByOne(rest, (left.L1 << shift) | (left.L0 >> 1 >> back), d, reciprocal, out rest);
        ulong q0 = DivideTwoByOne(rest, left.L0 << shift, d, reciprocal, out rest);
        remainder = rest >> shift;
        return new UInt256(q0, q1, q2, q3);
    }

    /// <summary>
    /// The digit (r * 2^64 + next) / d, of which r becomes the remainder; r is below d, whose highest bit is set.
    /// </summary>
    /// <remarks>In limbs and inlined: as UInt256 values, r would go through memory at every step.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Reduce(
        ref ulong r3, ref ulong r2, ref ulong r1, ref ulong r0, ulong next, in UInt256 d, ulong reciprocal)
    {
        unchecked
        {
            if (r3 == d.L3 && r2 == d.L2)
            {
                (r3, r2, r1, r0) = ReduceByLargestDigit(r1, r0, next, d);
                return ulong.MaxValue;
            }

            ulong digit = DivideThreeByTwo(r3, r2, r1, d.L3, d.L2, reciprocal, out ulong high, out ulong low);
            ulong p1 = WideProduct.Multiply(d.L0, digit, out ulong p0);
            ulong p2 = WideProduct.Multiply(d.L1, digit, out ulong middle);
            p1 += middle;
            p2 += p1 < middle ? 1UL : 0UL;
            ulong borrow = next < p0 ? 1UL : 0UL;
            ulong n0 = next - p0;
            ulong n1 = r0 - p1;
            ulong under = r0 < p1 ? 1UL : 0UL;
            under += n1 < borrow ? 1UL : 0UL;
            n1 -= borrow;
            ulong n2 = low - p2;
            borrow = low < p2 ? 1UL : 0UL;
            borrow += n2 < under ? 1UL : 0UL;
            n2 -= under;
            bool isNegative = high < borrow;
            r3 = high - borrow;
            r2 = n2;
            r1 = n1;
            r0 = n0;
            if (isNegative)
            {
                (r3, r2, r1, r0) = Add(r3, r2, r1, r0, d);
                digit--;
            }

            return digit;
        }
    }

    /// <summary>The digit is 2^64 - 1: subtracts d * 2^64 and adds d.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (ulong R3, ulong R2, ulong R1, ulong R0) ReduceByLargestDigit(
        ulong r1, ulong r0, ulong next, in UInt256 d)
    {
        unchecked
        {
            ulong low = r0 - d.L0;
            ulong borrow = r0 < d.L0 ? 1UL : 0UL;
            ulong high = r1 - d.L1;
            ulong under = (r1 < d.L1 ? 1UL : 0UL) | (high < borrow ? 1UL : 0UL);
            return Add(0 - under, high - borrow, low, next, d);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (ulong R3, ulong R2, ulong R1, ulong R0) Add(
        ulong r3, ulong r2, ulong r1, ulong r0, in UInt256 d)
    {
        UInt256 sum = UInt256.Add(new UInt256(r0, r1, r2, r3), d);
        return (sum.L3, sum.L2, sum.L1, sum.L0);
    }
}
