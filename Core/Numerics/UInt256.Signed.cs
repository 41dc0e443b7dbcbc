namespace EnergyChain.Core.Numerics;

/// <content>The value read as two's complement, as the EVM's signed opcodes do.</content>
public readonly partial struct UInt256
{
    /// <summary>Whether the highest bit is set.</summary>
    public bool IsNegative => L3 >> 63 != 0;

    /// <summary>left &lt; right as signed numbers.</summary>
    public static bool SignedLess(in UInt256 left, in UInt256 right) =>
        left.IsNegative == right.IsNegative ? Less(left, right) : left.IsNegative;

    /// <summary>The quotient rounded towards zero; zero for a zero divisor; -2^255 / -1 wraps to -2^255.</summary>
    public static UInt256 SignedDivide(in UInt256 left, in UInt256 right)
    {
        UInt256 quotient = Divide(Magnitude(left), Magnitude(right));
        return left.IsNegative == right.IsNegative ? quotient : Negate(quotient);
    }

    /// <summary>The remainder with the dividend's sign; zero for a zero divisor.</summary>
    public static UInt256 SignedRemainder(in UInt256 left, in UInt256 right)
    {
        UInt256 remainder = Remainder(Magnitude(left), Magnitude(right));
        return left.IsNegative ? Negate(remainder) : remainder;
    }

    /// <summary>
    /// Extends the sign of the low <paramref name="byteIndex"/> + 1 bytes over the whole value; no change from 31 on.
    /// </summary>
    public static UInt256 SignExtend(in UInt256 value, in UInt256 byteIndex)
    {
        if (!byteIndex.FitsUInt64 || byteIndex.L0 >= 31)
        {
            return value;
        }

        int unused = 248 - ((int)byteIndex.L0 * 8);
        return ShiftRightSigned(ShiftLeft(value, unused), (ulong)unused);
    }

    private static UInt256 Magnitude(in UInt256 value) => value.IsNegative ? Negate(value) : value;
}
