using System.Numerics;
using System.Runtime.CompilerServices;

namespace EnergyChain.Core.Numerics;

/// <content>
/// The case that contracts use most, a product modulo a 256-bit number, with the remainder in registers.
/// </content>
internal static unsafe partial class LimbDivision
{
    /// <summary>The remainder of an 8-limb numerator by a divisor whose highest limb is not zero.</summary>
    /// <remarks>Safety: numerator points to 9 limbs, the last being scratch, and is overwritten.</remarks>
    public static UInt256 RemainderByFour(ulong* numerator, in UInt256 divisor)
    {
        int shift = BitOperations.LeadingZeroCount(divisor.L3);
        UInt256 d = UInt256.ShiftLeft(divisor, (ulong)shift);
        numerator[8] = 0;
        if (shift != 0)
        {
            LimbRow.ShiftLeft(numerator, 9, shift);
        }

        ulong reciprocal = Reciprocal(d.L3, d.L2);
        ulong r3 = numerator[8];
        ulong r2 = numerator[7];
        ulong r1 = numerator[6];
        ulong r0 = numerator[5];
        for (int i = 4; i >= 0; i--)
        {
            Reduce(ref r3, ref r2, ref r1, ref r0, numerator[i], d, reciprocal);
        }

        return UInt256.ShiftRight(new UInt256(r0, r1, r2, r3), (ulong)shift);
    }

    /// <summary>r becomes (r * 2^64 + next) modulo d; r is below d, and d has its highest bit set.</summary>
    /// <remarks>In limbs and inlined: as UInt256 values, r would go through memory at every step.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(
        ref ulong r3, ref ulong r2, ref ulong r1, ref ulong r0, ulong next, in UInt256 d, ulong reciprocal)
    {
        unchecked
        {
            if (r3 == d.L3 && r2 == d.L2)
            {
                (r3, r2, r1, r0) = ReduceByLargestDigit(r1, r0, next, d);
                return;
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
            }
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
