namespace EnergyChain.Node.Site;

/// <summary>
/// Forecasts what the grid meter will see in a coming slot, from the past of the site's own meters only. Load: the mean
/// of the same time yesterday and the last slots. PV: clear-sky persistence (the last slots' ratio to a clear sky holds
/// on), yesterday's ratio at dawn, the installed power where there is no past. Not thread-safe.
/// </summary>
public sealed class NetForecaster(
    SlotHistory history, SlotCalendar calendar, ClearSky sky, BatteryOutlook battery, long photovoltaicSlotWh)
{
    private const int RecentLoadSlots = 3;
    private const int RecentSunSlots = 2;

    // Below this height of the sun a ratio to the clear sky says more about the horizon than about clouds.
    private const double LeastSun = 0.15;
    private const double TypicalClearShare = 0.75;

    /// <summary>
    /// Export (positive) or import (negative) in Wh of <paramref name="slot"/>, with the battery at
    /// <paramref name="storedWh"/> at the end of the newest measured slot. 0 where nothing is known.
    /// </summary>
    public long NetExportWh(long slot, long storedWh)
    {
        if (history.Latest is not { } latest || slot <= latest.Slot)
        {
            return 0;
        }

        long stored = storedWh;
        long net = 0;
        for (long step = latest.Slot + 1; step <= slot; step++)
        {
            net = battery.Step(ProducedWh(step) - LoadWh(step), ref stored);
        }

        return net;
    }

    /// <summary>Load of a slot in Wh.</summary>
    public long LoadWh(long slot)
    {
        long next = (history.Latest?.Slot ?? slot) + 1;
        IReadOnlyList<SlotEnergy> recent = history.Recent(next, RecentLoadSlots);
        bool knowsYesterday = history.TryGet(slot - calendar.SlotsPerDay, out SlotEnergy yesterday);
        long level = recent.Count == 0 ? yesterday.LoadWh : recent.Sum(energy => energy.LoadWh) / recent.Count;
        return knowsYesterday ? (yesterday.LoadWh + level) / 2 : level;
    }

    /// <summary>PV production of a slot in Wh.</summary>
    public long ProducedWh(long slot)
    {
        double sun = SunIn(slot);
        if (sun <= 0)
        {
            return 0;
        }

        return (long)Math.Min(photovoltaicSlotWh, sun * WhPerSun(slot));
    }

    private double WhPerSun(long slot)
    {
        long next = (history.Latest?.Slot ?? slot) + 1;
        IReadOnlyList<SlotEnergy> recent = history.Recent(next, RecentSunSlots);
        double sun = recent.Sum(energy => SunIn(energy.Slot));
        if (recent.Count > 0 && sun > LeastSun * recent.Count)
        {
            return recent.Sum(energy => energy.ProducedWh) / sun;
        }

        long dayBefore = slot - calendar.SlotsPerDay;
        double sunBefore = SunIn(dayBefore);
        bool knowsYesterday = history.TryGet(dayBefore, out SlotEnergy yesterday) && sunBefore > LeastSun;
        return knowsYesterday ? yesterday.ProducedWh / sunBefore : photovoltaicSlotWh * TypicalClearShare;
    }

    private double SunIn(long slot) => sky.Mean(calendar.StartOf(slot), calendar.SlotLength);
}
