using EnergyChain.Devices.Meters;

namespace EnergyChain.Devices.Simulation;

/// <summary>
/// A battery in integers. All loss is taken on charge: c Wh at the AC side store c x round-trip permille milliwatt
/// hours, and d Wh take d x 1000 out, so that nothing is rounded and no energy can appear. Not thread-safe.
/// </summary>
public sealed class Battery
{
    private readonly long _capacityMilliWh;
    private readonly long _largestStepWh;
    private readonly int _roundTripPermille;

    /// <summary>Makes a battery.</summary>
    /// <param name="rating">Capacity, power and efficiency.</param>
    /// <param name="energySecondsPerSlot">Time that the power acts in a slot.</param>
    /// <param name="initialPermille">State of charge at the start, 0 to 1000.</param>
    public Battery(SiteRating rating, long energySecondsPerSlot, int initialPermille)
    {
        ArgumentNullException.ThrowIfNull(rating);
        ArgumentOutOfRangeException.ThrowIfNegative(initialPermille);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initialPermille, 1000);
        _capacityMilliWh = rating.StorageCapacityWh * EnergyCounter.MilliWhPerWh;
        _largestStepWh = rating.StorageCapacityWh == 0 ? 0 : rating.StoragePowerW * energySecondsPerSlot / 3600;
        _roundTripPermille = rating.RoundTripPermille;
        StoredMilliWh = rating.StorageCapacityWh * initialPermille;
    }

    public long StoredMilliWh { get; private set; }

    public long StoredWh => StoredMilliWh / EnergyCounter.MilliWhPerWh;

    /// <summary>Moves as much of a wish as power, capacity and content allow.</summary>
    /// <param name="dischargeWh">Wished discharge at the AC side; negative is charge.</param>
    public BatteryStep Move(long dischargeWh)
    {
        if (dischargeWh > 0)
        {
            long discharge = Math.Min(Math.Min(dischargeWh, _largestStepWh), StoredWh);
            StoredMilliWh -= discharge * EnergyCounter.MilliWhPerWh;
            return new BatteryStep(0, discharge);
        }

        if (_roundTripPermille == 0)
        {
            return default;
        }

        long room = (_capacityMilliWh - StoredMilliWh) / _roundTripPermille;
        long charge = Math.Min(Math.Min(-dischargeWh, _largestStepWh), room);
        StoredMilliWh += charge * _roundTripPermille;
        return new BatteryStep(charge, 0);
    }
}
