namespace EnergyChain.Devices.Meters;

/// <summary>Settings of a <see cref="CounterGuard"/>.</summary>
public sealed class CounterGuardOptions
{
    /// <summary>The most power that the device can move in either direction.</summary>
    public required long RatedPowerW { get; init; }

    /// <summary>Seconds of energy in a slot; equal to SlotSeconds except where a demo compresses time.</summary>
    public required long EnergySecondsPerSlot { get; init; }

    /// <summary>Seconds that a slot takes.</summary>
    public required long SlotSeconds { get; init; }

    /// <summary>Further agreeing readings that a discontinuity needs before it is taken for a reset.</summary>
    public int Confirmations { get; init; } = 3;

    /// <summary>The most energy that the device can count in a time.</summary>
    public long LargestStepMilliWh(long elapsedMs)
    {
        const int millisecondsPerHour = 3_600_000;
        Int128 step = (Int128)RatedPowerW * EnergyCounter.MilliWhPerWh * Math.Max(0, elapsedMs) * EnergySecondsPerSlot
            / ((Int128)SlotSeconds * millisecondsPerHour);
        return step > long.MaxValue ? long.MaxValue : (long)step;
    }
}
