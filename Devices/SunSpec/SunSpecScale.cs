namespace EnergyChain.Devices.SunSpec;

/// <summary>Applies SunSpec scale factors (a power of ten, -10 to 10) in integers.</summary>
public static class SunSpecScale
{
    private const int MaximumFactor = 10;

    /// <summary>
    /// <paramref name="raw"/> x 10^<paramref name="scaleFactor"/> in units of 10^<paramref name="unitExponent"/>,
    /// rounded half away from zero: raw 2305 with factor -1 is 230500 in units of 10^-3. Null when the value or the
    /// factor is not implemented, the factor is outside the standard, or the result does not fit.
    /// </summary>
    public static long? Apply(long? raw, short? scaleFactor, int unitExponent)
    {
        if (raw is not long value || scaleFactor is not (>= -MaximumFactor and <= MaximumFactor))
        {
            return null;
        }

        int exponent = scaleFactor.Value - unitExponent;
        Int128 scaled = exponent >= 0 ? value * Power(exponent) : DivideRounded(value, Power(-exponent));
        return scaled >= long.MinValue && scaled <= long.MaxValue ? (long)scaled : null;
    }

    private static Int128 DivideRounded(Int128 value, Int128 divisor)
    {
        Int128 half = divisor / 2;
        return value >= 0 ? (value + half) / divisor : (value - half) / divisor;
    }

    private static Int128 Power(int exponent)
    {
        Int128 power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
