using EnergyChain.Devices.Modbus;
using EnergyChain.Devices.SunSpec;

namespace EnergyChain.Devices.Simulation;

/// <summary>
/// The registers of a simulated site, made for each request from the state of that moment. Thread-safe.
/// </summary>
internal sealed class SimulatedRegisters(
    SimulatedSiteOptions options, SimulatedHome home, ISiteProfile profile, FaultPlan faults, TimeProvider timeProvider)
    : IRegisterBank
{
    public const byte PhotovoltaicUnit = 1;
    public const byte GridMeterUnit = 2;
    public const byte StorageUnit = 3;

    private const int BaseAddress = 40000;
    private const long SpikeWh = 1_000_000;

    private readonly Lock _lock = new();
    private readonly long[] _lastSpikeSlot = [-1, -1, -1, -1];
    private readonly ushort[] _plan = new ushort[BatteryPlanModel.WriteRegisters];

    private long SlotMs => options.SlotSeconds * 1000;

    public SlotFlows FlowsOf(long slot)
    {
        lock (_lock)
        {
            return home.At(slot).Flows;
        }
    }

    public bool TrySetTarget(long slot, long extraDischargeWh)
    {
        lock (_lock)
        {
            return slot > NowMs() / SlotMs && home.TrySetTarget(slot, extraDischargeWh);
        }
    }

    public ModbusExceptionCode Read(byte unit, ModbusFunction function, ushort address, Span<ushort> destination)
    {
        if (function != ModbusFunction.ReadHoldingRegisters)
        {
            return ModbusExceptionCode.IllegalFunction;
        }

        // A request for more than an id and a length is one for values: that is what a spike shows in.
        if (ImageOf(unit, showsValues: destination.Length > 2) is not SunSpecImage image)
        {
            return ModbusExceptionCode.GatewayTargetFailedToRespond;
        }

        int first = address - BaseAddress;
        if (first < 0 || first + destination.Length > image.Registers.Count)
        {
            return ModbusExceptionCode.IllegalDataAddress;
        }

        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = image.Registers[first + i];
        }

        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode Write(byte unit, ushort address, ReadOnlySpan<ushort> values)
    {
        if (ImageOf(unit, showsValues: false) is not SunSpecImage image)
        {
            return ModbusExceptionCode.GatewayTargetFailedToRespond;
        }

        bool isPlan = image.WritableStart >= 0
            && address == BaseAddress + image.WritableStart
            && values.Length == BatteryPlanModel.WriteRegisters;
        if (!isPlan)
        {
            return ModbusExceptionCode.IllegalDataAddress;
        }

        if (!BatteryPlanModel.TryDecode(values, out long slot, out int extraWh) || !TrySetTarget(slot, extraWh))
        {
            return ModbusExceptionCode.IllegalDataValue;
        }

        lock (_lock)
        {
            values.CopyTo(_plan);
        }

        return ModbusExceptionCode.None;
    }

    private SunSpecImage? ImageOf(byte unit, bool showsValues)
    {
        if (unit is < PhotovoltaicUnit or > StorageUnit)
        {
            return null;
        }

        lock (_lock)
        {
            string serial = $"{profile.Name}-{unit}";
            UnitView view = ViewOf(unit, showsValues);
            return unit switch
            {
                PhotovoltaicUnit => UnitImages.Photovoltaic(options, serial, view),
                GridMeterUnit => UnitImages.GridMeter(options, serial, view),
                _ => UnitImages.Storage(options, serial, view, profile.Rating, _plan),
            };
        }
    }

    private UnitView ViewOf(byte unit, bool showsValues)
    {
        long nowMs = NowMs();
        long realSlot = nowMs / SlotMs;
        if (faults.Active(unit, realSlot, DeviceFaultKind.Frozen) is DeviceFault frozen)
        {
            nowMs = frozen.FirstSlot * SlotMs;
        }

        long spikeWh = showsValues ? SpikeOf(unit, realSlot) : 0;
        long slot = nowMs / SlotMs;
        (SlotFlows flows, SiteTotals start) = home.At(slot);
        SiteTotals now = start.After(flows, nowMs % SlotMs, SlotMs);
        (long inWh, long outWh) = CountersAt(unit, nowMs, now);
        List<(long, long, long, long)> latched = [];
        for (long kept = slot - 1; latched.Count < options.LatchedIntervals; kept--)
        {
            // What the totals are at the end of a slot, they are at the start of the next.
            SiteTotals end = home.At(kept + 1).Start;
            (long keptIn, long keptOut) = CountersAt(unit, (kept + 1) * SlotMs, end);
            latched.Add((kept, keptIn + spikeWh, keptOut + spikeWh, end.StoredMilliWh / 1000));
        }

        return new UnitView(
            inWh + spikeWh,
            outWh + spikeWh,
            PowerOf(unit, flows),
            now.StoredMilliWh,
            ChargeStatus(flows, now),
            latched);
    }

    private (long InWh, long OutWh) CountersAt(byte unit, long timeMs, SiteTotals totals)
    {
        (long inWh, long outWh) = Counters(unit, totals);
        foreach (DeviceFault reset in faults.Resets(unit, timeMs / SlotMs))
        {
            long resetMs = (reset.FirstSlot * SlotMs) + (SlotMs / 2);
            if (timeMs >= resetMs)
            {
                (SlotFlows flows, SiteTotals start) = home.At(reset.FirstSlot);
                (long inThen, long outThen) = Counters(unit, start.After(flows, SlotMs / 2, SlotMs));
                (long inNow, long outNow) = Counters(unit, totals);
                (inWh, outWh) = (inNow - inThen, outNow - outThen);
            }
        }

        return (inWh, outWh);
    }

    private static (long InWh, long OutWh) Counters(byte unit, SiteTotals totals) => unit switch
    {
        PhotovoltaicUnit => (0, totals.PhotovoltaicWh),
        GridMeterUnit => (totals.ImportWh, totals.ExportWh),
        _ => (totals.ChargeWh, totals.DischargeWh),
    };

    private long PowerOf(byte unit, SlotFlows flows)
    {
        long wh = unit switch
        {
            PhotovoltaicUnit => flows.PhotovoltaicWh,
            GridMeterUnit => flows.ImportWh - flows.ExportWh,
            _ => flows.ChargeWh - flows.DischargeWh,
        };
        return wh * 3600 / options.EnergySecondsPerSlot;
    }

    /// <summary>Codes of SunSpec 802: 2 empty, 3 discharging, 4 charging, 5 full, 6 holding.</summary>
    private ushort ChargeStatus(SlotFlows flows, SiteTotals now)
    {
        if (flows.ChargeWh > 0 || flows.DischargeWh > 0)
        {
            return flows.ChargeWh > 0 ? (ushort)4 : (ushort)3;
        }

        if (now.StoredMilliWh < 1000)
        {
            return 2;
        }

        return now.StoredMilliWh / 1000 == profile.Rating.StorageCapacityWh ? (ushort)5 : (ushort)6;
    }

    private long SpikeOf(byte unit, long slot)
    {
        bool isDue = faults.Active(unit, slot, DeviceFaultKind.Spike) is not null && _lastSpikeSlot[unit] < slot;
        if (!isDue)
        {
            return 0;
        }

        _lastSpikeSlot[unit] = slot;
        return SpikeWh;
    }

    private long NowMs() => timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
}
