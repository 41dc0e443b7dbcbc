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
    public static void DivideRemainder(
        in UInt256 left, in UInt256 right, out UInt256 quotient, out UInt256 remainder)
    {
        // Operands are read before results are written: an out argument may be the same variable as an operand.
        if (right.FitsUInt64)
        {
            ulong rest = 0;
            quotient = right.L0 == 0 ? Zero : LimbDivision.DivideByOne(left, right.L0, out rest);
            remainder = rest;
        }
        else if (Less(left, right))
        {
            UInt256 rest = left;
            quotient = Zero;
            remainder = rest;
        }
        else
        {
            UInt256 rest;
            quotient = (right.L2 | right.L3) == 0
                ? LimbDivision.DivideByTwo(left, right, out rest)
                : LimbDivision.DivideByThreeOrFour(left, right, out rest);
            remainder = rest;
        }
    }

    /// <summary>(left + right) modulo modulus, the sum not wrapped; zero for a zero modulus.</summary>
    [SkipLocalsInit]
    public static unsafe UInt256 AddModulo(in UInt256 left, in UInt256 right, in UInt256 modulus)
    {
        if (modulus.IsZero)
        {
            return Zero;
        }

        if (modulus.L3 != 0 || (Less(left, modulus) && Less(right, modulus)))
        {
            UInt256 x = Less(left, modulus) ? left : Remainder(left, modulus);
            UInt256 y = Less(right, modulus) ? right : Remainder(right, modulus);
            bool carried = AddOverflows(x, y, out UInt256 total);
            bool under = SubtractUnderflows(total, modulus, out UInt256 reduced);
            return carried || !under ? reduced : total;
        }

        if (!AddOverflows(left, right, out UInt256 sum))
        {
            return Remainder(sum, modulus);
        }

        // Safety: numerator has 5 limbs and one more for normalisation; result has 5.
        ulong* numerator = stackalloc ulong[6];
        numerator[0] = sum.L0;
        numerator[1] = sum.L1;
        numerator[2] = sum.L2;
        numerator[3] = sum.L3;
        numerator[4] = 1;
        ulong* result = stackalloc ulong[5];
        return LimbDivision.Divide(numerator, 5, modulus, result);
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
