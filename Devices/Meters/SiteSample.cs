namespace EnergyChain.Devices.Meters;

/// <summary>A live view of a site; a value is null when a device that it needs has none.</summary>
/// <param name="Timestamp">When the readings were complete.</param>
/// <param name="Devices">In the order of the site's devices; null where a device gave nothing usable.</param>
/// <param name="ProductionW">PV power.</param>
/// <param name="GridW">Positive is import, negative export.</param>
/// <param name="StorageW">Positive is charge, negative discharge.</param>
/// <param name="StoredWh">Energy in the battery; null for a site without one.</param>
/// <param name="StateOfChargePermille">Of the battery, 0 to 1000.</param>
public sealed record SiteSample(
    DateTimeOffset Timestamp,
    IReadOnlyList<MeterSample?> Devices,
    long? ProductionW,
    long? GridW,
    long? StorageW,
    long? StoredWh,
    int? StateOfChargePermille)
{
    /// <summary>What the site uses now.</summary>
    public long? LoadW => ProductionW + GridW - StorageW;
}
