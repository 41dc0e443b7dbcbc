using EnergyChain.Devices.Meters;

namespace EnergyChain.Devices.SunSpec;

/// <summary>Energy accumulators of the inverter and meter models as counters in milliwatt hours.</summary>
public static class EnergyAccumulator
{
    private const int SmallestFactor = -3;
    private const int LargestFactor = 6;

    /// <summary>
    /// Reads an acc32 with its scale factor from one block. Null when it is 0 (not implemented) or its factor is not
    /// implemented or outside -3 to 6: beyond that a rollover would not be a whole number of milliwatt hours, or 2^32
    /// steps would not fit.
    /// </summary>
    public static EnergyCounter? Decode(ReadOnlySpan<ushort> model, int offset, int scaleFactorOffset)
    {
        short? factor = SunSpecPoint.Int16(model, scaleFactorOffset);
        if (SunSpecPoint.Accumulator32(model, offset) is not uint raw
            || factor is not (>= SmallestFactor and <= LargestFactor))
        {
            return null;
        }

        long unit = 1;
        for (int exponent = SmallestFactor; exponent < factor; exponent++)
        {
            unit *= 10;
        }

        return new EnergyCounter(raw * unit, (1L << 32) * unit, unit);
    }
}
