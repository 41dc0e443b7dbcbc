using EnergyChain.Devices.SunSpec;

namespace EnergyChain.Devices.Simulation;

/// <summary>Lays out the registers of the three simulated units.</summary>
internal static class UnitImages
{
    private const ushort NotImplementedUInt16 = 0xFFFF;
    private const short LineFrequencyHz100 = 5000;
    private const short LineVoltage10 = 2300;

    public static SunSpecImage Photovoltaic(SimulatedSiteOptions options, string serial, UnitView view)
    {
        SunSpecImage image = Common(options, "Simulated PV inverter", serial);
        image.Begin(SunSpecModelId.ThreePhaseInverter, InverterModel.Length)
            .Fill(2, 5, NotImplementedUInt16)
            .Fill(7, 12, NotImplementedUInt16)
            .Set(10, (ushort)LineVoltage10).SetSigned(13, -1)
            .SetScaled(14, 15, view.PowerW)
            .Set(16, (ushort)LineFrequencyHz100).SetSigned(17, -2)
            .SetScaled(18, 19, view.PowerW)
            .SetUInt32(24, Accumulator(view.OutWh)).SetSigned(26, 0)
            .Set(27, NotImplementedUInt16)
            .Set(29, NotImplementedUInt16)
            .SetScaled(31, 32, view.PowerW)
            .Set(38, view.PowerW > 0 ? (ushort)4 : (ushort)2)
            .Set(39, NotImplementedUInt16)
            .Fill(40, 51, 0);
        return Finish(image, options, view, hasIn: false, hasStorage: false);
    }

    public static SunSpecImage GridMeter(SimulatedSiteOptions options, string serial, UnitView view)
    {
        SunSpecImage image = Common(options, "Simulated grid meter", serial);
        Meter(image, view);
        return Finish(image, options, view, hasIn: true, hasStorage: false);
    }

    public static SunSpecImage Storage(
        SimulatedSiteOptions options, string serial, UnitView view, SiteRating rating, ReadOnlySpan<ushort> plan)
    {
        SunSpecImage image = Common(options, "Simulated ESS", serial);
        long capacityMilliWh = rating.StorageCapacityWh * 1000;
        long charge = capacityMilliWh == 0
            ? 0
            : ((view.StoredMilliWh * 10_000) + (capacityMilliWh / 2)) / capacityMilliWh;
        image.Begin(SunSpecModelId.Battery, BatteryModel.Length)
            .Fill(2, 51, NotImplementedUInt16)
            .SetScaled(3, 53, rating.StorageCapacityWh)
            .Set(11, (ushort)charge).SetSigned(56, -2)
            .Set(13, 10_000).SetSigned(58, -2)
            .Set(16, view.ChargeStatus)
            .Set(22, 3)
            .SetScaled(47, 63, view.PowerW);
        Meter(image, view);
        Finish(image, options, view, hasIn: true, hasStorage: true, isLast: false);
        image.Begin(SunSpecModelId.BatteryPlan, BatteryPlanModel.Length);
        for (int i = 0; i < plan.Length; i++)
        {
            image.Set(BatteryPlanModel.WriteOffset + i, plan[i]);
        }

        // Asked for before End begins another model: the bank needs it to find the registers that can be written.
        image.WritableStart = image.ModelStart + BatteryPlanModel.WriteOffset;
        image.End();
        return image;
    }

    private static SunSpecImage Common(SimulatedSiteOptions options, string model, string serial) =>
        new SunSpecImage()
            .Begin(SunSpecModelId.Common, CommonModel.MinimumLength + 1)
            .SetText(2, 16, options.Manufacturer)
            .SetText(18, 16, model)
            .SetText(34, 8, "")
            .SetText(42, 8, "1")
            .SetText(50, 16, serial)
            .Set(66, NotImplementedUInt16);

    private static void Meter(SunSpecImage image, UnitView view) =>
        image.Begin(SunSpecModelId.ThreePhaseMeter, MeterModel.Length)
            .SetSigned(7, LineVoltage10).SetSigned(15, -1)
            .SetSigned(16, LineFrequencyHz100).SetSigned(17, -2)
            .SetScaled(18, 22, view.PowerW)
            .Fill(38, 53, 0)
            .SetUInt32(38, Accumulator(view.OutWh))
            .SetUInt32(46, Accumulator(view.InWh))
            .SetSigned(54, 0)
            .Fill(55, 70, 0)
            .Fill(72, 103, 0)
            .Fill(105, 106, 0);

    private static SunSpecImage Finish(
        SunSpecImage image,
        SimulatedSiteOptions options,
        UnitView view,
        bool hasIn,
        bool hasStorage,
        bool isLast = true)
    {
        if (options.OffersLatch)
        {
            image.Begin(SunSpecModelId.IntervalLatch, IntervalLatchModel.LengthOf(view.Latched.Count))
                .Set(2, (ushort)view.Latched.Count)
                .SetUInt32(3, (uint)options.SlotSeconds);
            for (int i = 0; i < view.Latched.Count; i++)
            {
                (long interval, long inWh, long outWh, long storedWh) = view.Latched[i];
                int entry = IntervalLatchModel.HeaderRegisters + (IntervalLatchModel.EntryRegisters * i);
                image.SetUInt64(entry, (ulong)interval)
                    .SetUInt64(entry + 4, hasIn ? (ulong)inWh : ulong.MaxValue)
                    .SetUInt64(entry + 8, (ulong)outWh)
                    .SetUInt32(entry + 12, hasStorage ? (uint)storedWh : uint.MaxValue);
            }
        }

        if (isLast)
        {
            image.End();
        }

        return image;
    }

    /// <summary>An acc32 starts again after 2^32 - 1.</summary>
    private static uint Accumulator(long wh) => (uint)(wh & 0xFFFF_FFFF);
}
