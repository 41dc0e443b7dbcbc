using System.Runtime.CompilerServices;

namespace EnergyChain.Core.Numerics;

/// <content>Division and arithmetic with a modulus.</content>
public readonly partial struct UInt256
{
    /// <summary>The quotient, rounded down; zero for a zero divisor, as the EVM has it.</summary>
    public static UInt256 Divide(in UInt256 left, in UInt256 right)
    {
        if (left.FitsUInt64 && right.FitsUInt64)
        {
            return right.L0 == 0 ? Zero : left.L0 / right.L0;
        }

        DivideRemainder(left, right, out UInt256 quotient, out _);
        return quotient;
    }

    /// <summary>The remainder; zero for a zero divisor, as the EVM has it.</summary>
    public static UInt256 Remainder(in UInt256 left, in UInt256 right)
    {
        if (left.FitsUInt64 && right.FitsUInt64)
        {
            return right.L0 == 0 ? Zero : left.L0 % right.L0;
        }

        DivideRemainder(left, right, out _, out UInt256 remainder);
        return remainder;
    }

    /// <summary>Quotient and remainder; both zero for a zero divisor.</summary>
    public static unsafe void DivideRemainder(
        in UInt256 left, in UInt256 right, out UInt256 quotient, out UInt256 remainder)
    {
        if (Less(left, right) || right.IsZero)
        {
            // Read before written: an out argument may be the same variable as an operand.
            UInt256 rest = right.IsZero ? Zero : left;
            quotient = Zero;
            remainder = rest;
            return;
        }

        // Safety: numerator has 4 limbs and one more for normalisation; result has 4.
        ulong* numerator = stackalloc ulong[5];
        numerator[0] = left.L0;
        numerator[1] = left.L1;
        numerator[2] = left.L2;
        numerator[3] = left.L3;
        ulong* result = stackalloc ulong[4];
        remainder = LimbDivision.Divide(numerator, (left.BitLength + 63) >> 6, right, result);
        quotient = new UInt256(result[0], result[1], result[2], result[3]);
    }

    /// <summary>(left + right) modulo modulus, the sum not wrapped; zero for a zero modulus.</summary>
    [SkipLocalsInit]
    public static unsafe UInt256 AddModulo(in UInt256 left, in UInt256 right, in UInt256 modulus)
    {
        if (modulus.L3 != 0 && left.L3 <= modulus.L3 && right.L3 <= modulus.L3)
        {
            // Both are under twice the modulus, so a subtraction each reduces them.
            UInt256 x = SubtractUnderflows(left, modulus, out UInt256 lessLeft) ? left : lessLeft;
            UInt256 y = SubtractUnderflows(right, modulus, out UInt256 lessRight) ? right : lessRight;
            bool carried = AddOverflows(x, y, out UInt256 total);
            bool under = SubtractUnderflows(total, modulus, out UInt256 reduced);
            return carried || !under ? reduced : total;
        }

        if (modulus.IsZero)
        {
            return Zero;
        }

        bool carry = AddOverflows(left, right, out UInt256 sum);

        // Safety: numerator has 5 limbs and one more for normalisation; result has 5.
        ulong* numerator = stackalloc ulong[6];
        numerator[0] = sum.L0;
        numerator[1] = sum.L1;
        numerator[2] = sum.L2;
        numerator[3] = sum.L3;
        numerator[4] = carry ? 1UL : 0UL;
        ulong* result = stackalloc ulong[5];
        return LimbDivision.Divide(numerator, carry ? 5 : 4, modulus, result);
    }

    /// <summary>(left * right) modulo modulus, the product not wrapped; zero for a zero modulus.</summary>
    [SkipLocalsInit]
    public static unsafe UInt256 MultiplyModulo(in UInt256 left, in UInt256 right, in UInt256 modulus)
    {
        if (modulus.IsZero)
        {
            return Zero;
        }

        // Safety: numerator has the 8 limbs of the product and one more for normalisation; result has 8.
        ulong* numerator = stackalloc ulong[9];
        MultiplyFull(left, right, numerator);
        if (modulus.L3 != 0)
        {
            return LimbDivision.RemainderByFour(numerator, modulus);
        }

        int length = 8;
        while (length > 0 && numerator[length - 1] == 0)
        {
            length--;
        }

        ulong* result = stackalloc ulong[8];
        return LimbDivision.Divide(numerator, length, modulus, result);
    }
}
