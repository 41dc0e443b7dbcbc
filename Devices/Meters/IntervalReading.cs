namespace EnergyChain.Devices.Meters;

/// <summary>
/// What a site moved in one slot. A value is null when a device that it needs has none for the slot; a kind of device
/// that the site does not have counts 0. Consumed = produced + imported + discharged - exported - charged, exactly.
/// Totals count since the first reading and never fall.
/// </summary>
public sealed record IntervalReading
{
    public required long Slot { get; init; }

    public required ReadingQuality Quality { get; init; }

    /// <summary>The most that an energy of this reading can be off, over all devices.</summary>
    public required long UncertaintyWh { get; init; }

    public required long? ImportedWh { get; init; }

    public required long? ExportedWh { get; init; }

    public required long? ProducedWh { get; init; }

    public required long? ChargedWh { get; init; }

    public required long? DischargedWh { get; init; }

    /// <summary>In the battery at the end of the slot; null for a site without one.</summary>
    public required long? StoredWh { get; init; }

    public required long? TotalImportedWh { get; init; }

    public required long? TotalExportedWh { get; init; }

    public required long? TotalProducedWh { get; init; }

    public required long? TotalChargedWh { get; init; }

    public required long? TotalDischargedWh { get; init; }

    /// <summary>Each device's part, with the reason where it has none.</summary>
    public required IReadOnlyList<DeviceInterval> Devices { get; init; }

    /// <summary>
    /// What the site used; null when any part is missing. Negative, with quality Inconsistent, when meters disagree.
    /// </summary>
    public long? ConsumedWh => ProducedWh + ImportedWh + DischargedWh - ExportedWh - ChargedWh;

    /// <summary>Joins the devices' parts of one slot.</summary>
    public static IntervalReading Join(long slot, IReadOnlyList<DeviceInterval> devices)
    {
        IntervalReading reading = new()
        {
            Slot = slot,
            Quality = ReadingQuality.Exact,
            UncertaintyWh = devices.Sum(device => device.UncertaintyWh),
            ImportedWh = Sum(devices, DeviceRole.GridMeter, device => device.InWh),
            ExportedWh = Sum(devices, DeviceRole.GridMeter, device => device.OutWh),
            ProducedWh = Sum(devices, DeviceRole.Photovoltaic, device => device.OutWh),
            ChargedWh = Sum(devices, DeviceRole.Storage, device => device.InWh),
            DischargedWh = Sum(devices, DeviceRole.Storage, device => device.OutWh),
            StoredWh = devices.Any(device => device.Role == DeviceRole.Storage)
                ? Sum(devices, DeviceRole.Storage, device => device.StoredWh)
                : null,
            TotalImportedWh = Sum(devices, DeviceRole.GridMeter, device => device.TotalInWh),
            TotalExportedWh = Sum(devices, DeviceRole.GridMeter, device => device.TotalOutWh),
            TotalProducedWh = Sum(devices, DeviceRole.Photovoltaic, device => device.TotalOutWh),
            TotalChargedWh = Sum(devices, DeviceRole.Storage, device => device.TotalInWh),
            TotalDischargedWh = Sum(devices, DeviceRole.Storage, device => device.TotalOutWh),
            Devices = devices,
        };
        return reading with { Quality = reading.Judge() };
    }

    private ReadingQuality Judge()
    {
        if (Devices.Any(device => device.Condition != DeviceCondition.Ok))
        {
            return ReadingQuality.Missing;
        }

        if (ConsumedWh < 0)
        {
            return ReadingQuality.Inconsistent;
        }

        return UncertaintyWh == 0 ? ReadingQuality.Exact : ReadingQuality.Interpolated;
    }

    private static long? Sum(
        IReadOnlyList<DeviceInterval> devices, DeviceRole role, Func<DeviceInterval, long?> value)
    {
        long? sum = 0;
        foreach (DeviceInterval device in devices)
        {
            sum = device.Role == role ? sum + value(device) : sum;
        }

        return sum;
    }
}
