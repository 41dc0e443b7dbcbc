namespace EnergyChain.Core.Crypto.Curve;

/// <summary>Half of a scalar that was split: a magnitude below 2^128 and a sign.</summary>
internal readonly record struct SignedHalf(ulong Low, ulong High, bool IsNegative)
{
    /// <summary>Digits that <see cref="Recode"/> gives.</summary>
    public const int MaxDigits = 129;

    /// <summary>
    /// The number as odd digits below 2^(width - 1) in magnitude, at least width - 1 zeros after each (wNAF). Every
    /// digit that is not zero costs an addition of a point.
    /// </summary>
    /// <param name="width">2 to 8 bits.</param>
    /// <param name="digits"><see cref="MaxDigits"/> zeros, the least significant first.</param>
    public void Recode(int width, Span<sbyte> digits)
    {
        int carry = 0;
        int bit = 0;
        while (bit < MaxDigits)
        {
            if ((int)(Bits(bit) & 1) == carry)
            {
                bit++;
                continue;
            }

            int taken = Math.Min(width, MaxDigits - bit);
            int digit = (int)(Bits(bit) & ((1UL << taken) - 1)) + carry;
            carry = taken == width ? (digit >> (width - 1)) & 1 : 0;
            digit -= carry << width;
            digits[bit] = (sbyte)(IsNegative ? -digit : digit);
            bit += taken;
        }
    }

    /// <summary>At least the next eight bits from a position on; zeros from 128 on.</summary>
    private ulong Bits(int position)
    {
        if (position >= 64)
        {
            return position >= 128 ? 0 : High >> (position - 64);
        }

        return position == 0 ? Low : (Low >> position) | (High << (64 - position));
    }
}
