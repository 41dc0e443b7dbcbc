using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Api;

/// <summary>
/// The latest values of a site. A value that no device gives, or whose device is not well, is null and never 0.
/// Immutable.
/// </summary>
public sealed record SiteSnapshot
{
    /// <summary>The site's number in the registry contract.</summary>
    public required uint Site { get; init; }

    public required string Name { get; init; }

    /// <summary>The account that trades for the site.</summary>
    public required Address Account { get; init; }

    /// <summary>When the values were read, in milliseconds since 1970.</summary>
    public required ulong ReadMs { get; init; }

    public long? ProductionW { get; init; }

    public long? ConsumptionW { get; init; }

    /// <summary>Positive: from the grid; negative: into it.</summary>
    public long? GridW { get; init; }

    /// <summary>Positive: discharges; negative: charges.</summary>
    public long? BatteryW { get; init; }

    public ulong? SocWh { get; init; }

    public ulong? BatteryCapacityWh { get; init; }

    public required IReadOnlyList<DeviceSnapshot> Devices { get; init; }

    /// <summary>What became of its meter records.</summary>
    public RecordsSnapshot Records { get; init; } = RecordsSnapshot.Empty;
}
