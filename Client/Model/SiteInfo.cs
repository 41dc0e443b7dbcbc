using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>The latest values of a site whose agent runs in the node; null where nobody gives one.</summary>
/// <param name="Site">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Account">The account that trades for it.</param>
/// <param name="Read">When the values were read.</param>
/// <param name="ProductionW">Production.</param>
/// <param name="ConsumptionW">Consumption.</param>
/// <param name="GridW">Positive from the grid, negative into it.</param>
/// <param name="BatteryW">Positive discharges, negative charges.</param>
/// <param name="SocWh">Energy in the battery.</param>
/// <param name="BatteryCapacityWh">What the battery holds.</param>
/// <param name="Devices">Its devices.</param>
public sealed record SiteInfo(
    uint Site,
    string Name,
    Address Account,
    BlockTime Read,
    long? ProductionW,
    long? ConsumptionW,
    long? GridW,
    long? BatteryW,
    ulong? SocWh,
    ulong? BatteryCapacityWh,
    IReadOnlyList<DeviceInfo> Devices)
{
    /// <summary>What became of its meter records since the node started; null where the node does not tell.</summary>
    public SiteRecordsInfo? Records { get; init; }
}
