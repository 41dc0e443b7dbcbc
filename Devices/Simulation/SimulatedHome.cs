namespace EnergyChain.Devices.Simulation;

/// <summary>
/// The physics of a site slot by slot: the battery stores surplus and serves demand; a target moves more on top. Slots
/// are computed in order when first asked for, so what a site does depends on its profile, its targets and nothing
/// else. Not thread-safe.
/// </summary>
internal sealed class SimulatedHome
{
    /// <summary>Slots kept for reports and for faults that show the past.</summary>
    public const int MaximumHistory = 10_000;

    /// <summary>Targets waiting for their slot.</summary>
    public const int MaximumTargets = 256;

    private readonly ISiteProfile _profile;
    private readonly long _firstSlot;
    private readonly long _firstRow;
    private readonly Battery _battery;
    private readonly (SlotFlows Flows, SiteTotals Start)[] _history = new (SlotFlows, SiteTotals)[MaximumHistory];
    private readonly Dictionary<long, long> _targets = [];
    private readonly SiteTotals _initial;
    private SiteTotals _end;
    private long _nextSlot;

    public SimulatedHome(
        ISiteProfile profile, long firstSlot, long firstRow, Battery battery, long initialCounterWh)
    {
        _profile = profile;
        _firstSlot = firstSlot;
        _firstRow = firstRow;
        _battery = battery;
        _nextSlot = firstSlot;
        _initial = new SiteTotals(
            initialCounterWh,
            initialCounterWh,
            initialCounterWh,
            initialCounterWh,
            initialCounterWh,
            battery.StoredMilliWh);
        _end = _initial;
    }

    /// <summary>
    /// Sets what the battery moves on top in a slot that has not been computed; false when it is too late.
    /// </summary>
    public bool TrySetTarget(long slot, long extraDischargeWh)
    {
        bool isFull = _targets.Count >= MaximumTargets && !_targets.ContainsKey(slot);
        if (slot < _nextSlot || isFull)
        {
            return false;
        }

        _targets[slot] = extraDischargeWh;
        return true;
    }

    /// <summary>The totals at the start of a slot and the flows in it; of slots before the first, standstill.</summary>
    public (SlotFlows Flows, SiteTotals Start) At(long slot)
    {
        if (slot < _firstSlot)
        {
            return (Still(slot, _initial), _initial);
        }

        while (_nextSlot <= slot)
        {
            Compute();
        }

        long oldest = Math.Max(_firstSlot, _nextSlot - MaximumHistory);
        return _history[Place(Math.Max(slot, oldest))];
    }

    private void Compute()
    {
        SlotEnergy energy = _profile.At(_nextSlot - _firstSlot + _firstRow);
        _targets.Remove(_nextSlot, out long extraWh);
        BatteryStep step = _battery.Move(energy.LoadWh - energy.PhotovoltaicWh + extraWh);
        long netWh = energy.PhotovoltaicWh + step.DischargeWh - energy.LoadWh - step.ChargeWh;
        SlotFlows flows = new(
            _nextSlot,
            energy.LoadWh,
            energy.PhotovoltaicWh,
            step.ChargeWh,
            step.DischargeWh,
            Math.Max(0, -netWh),
            Math.Max(0, netWh),
            _battery.StoredMilliWh);
        _history[Place(_nextSlot)] = (flows, _end);
        _end = _end.After(flows, 1, 1);
        _nextSlot++;
    }

    private int Place(long slot) => (int)((slot - _firstSlot) % MaximumHistory);

    private static SlotFlows Still(long slot, SiteTotals totals) => new(slot, 0, 0, 0, 0, 0, 0, totals.StoredMilliWh);
}
