namespace EnergyChain.Devices.Simulation;

/// <summary>Decimal text to scaled integers without any floating point.</summary>
public static class ExactDecimal
{
    private const int MaximumDigits = 18;

    /// <summary>
    /// Parses a non-negative decimal such as 2.2758 into units of 10^-<paramref name="decimals"/>, rounded half away
    /// from zero (2.2758 with 3 decimals is 2276). False for anything else: signs, exponents, separators, blanks, or
    /// more than 18 digits before the point or after it, or a result that does not fit.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, int decimals, out long value)
    {
        value = 0;
        int point = text.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<char> fraction = point < 0 ? [] : text[(point + 1)..];
        bool isEmpty = whole.IsEmpty || (point >= 0 && fraction.IsEmpty);
        if (isEmpty || !AreDigits(whole) || !AreDigits(fraction))
        {
            return false;
        }

        Int128 scaled = 0;
        foreach (char digit in whole)
        {
            scaled = (scaled * 10) + (digit - '0');
        }

        for (int i = 0; i < decimals; i++)
        {
            scaled = (scaled * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        }

        scaled += fraction.Length > decimals && fraction[decimals] >= '5' ? 1 : 0;
        if (scaled > long.MaxValue)
        {
            return false;
        }

        value = (long)scaled;
        return true;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) =>
        text.Length <= MaximumDigits && !text.ContainsAnyExceptInRange('0', '9');
}
