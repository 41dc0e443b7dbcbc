namespace EnergyChain.Devices.Meters;

/// <summary>What a device shows at one moment; values that it does not have are null.</summary>
/// <param name="Role">What the device is.</param>
/// <param name="Identity">Who made it.</param>
/// <param name="Timestamp">Middle of the request that read it.</param>
/// <param name="Counters">Its cumulative counters.</param>
/// <param name="PowerW">
/// Real power; positive is production (photovoltaic), import (grid meter) or charge (storage).
/// </param>
/// <param name="StateOfChargePermille">0 to 1000, of a storage.</param>
/// <param name="StoredWh">Energy in a storage.</param>
/// <param name="CapacityWh">Capacity of a storage.</param>
public sealed record MeterSample(
    DeviceRole Role,
    DeviceIdentity Identity,
    DateTimeOffset Timestamp,
    CounterPair Counters,
    long? PowerW,
    int? StateOfChargePermille,
    long? StoredWh,
    long? CapacityWh)
{
    public long? ImportedWh => Wh(DeviceRole.GridMeter, Counters.In);

    public long? ExportedWh => Wh(DeviceRole.GridMeter, Counters.Out);

    public long? ProducedWh => Wh(DeviceRole.Photovoltaic, Counters.Out);

    public long? ChargedWh => Wh(DeviceRole.Storage, Counters.In);

    public long? DischargedWh => Wh(DeviceRole.Storage, Counters.Out);

    private long? Wh(DeviceRole role, EnergyCounter counter) =>
        Role == role ? counter.MilliWh / EnergyCounter.MilliWhPerWh : null;
}
