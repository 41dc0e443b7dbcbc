using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>How a device of a site is doing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">inverter, meter or battery.</param>
/// <param name="Endpoint">host:port and unit.</param>
/// <param name="State">ok, starting, silent, exception, garbage, reset or implausible.</param>
/// <param name="Reason">Why it is not ok, in a sentence.</param>
/// <param name="Since">Since when it is in this state.</param>
public sealed record DeviceInfo(
    string Name, string Kind, string Endpoint, string State, string Reason, BlockTime Since)
{
    /// <summary>The address of its signing key; null for a device that signs nothing.</summary>
    public Address? Account { get; init; }

    /// <summary>When it was last well; 0 for never.</summary>
    public BlockTime LastGood { get; init; }

    /// <summary>Who made it, as it says itself; empty where it does not.</summary>
    public string Manufacturer { get; init; } = "";

    public string Model { get; init; } = "";

    public string SerialNumber { get; init; } = "";

    /// <summary>Positive is production (inverter), import (meter) or charge (battery); null while it is ill.</summary>
    public long? PowerW { get; init; }

    /// <summary>Lifetime counter of what was imported or charged.</summary>
    public ulong? InWh { get; init; }

    /// <summary>Lifetime counter of what was exported, discharged or produced.</summary>
    public ulong? OutWh { get; init; }

    /// <summary>State of its last fault; empty for none.</summary>
    public string LastFault { get; init; } = "";

    /// <summary>When that began.</summary>
    public BlockTime LastFaultAt { get; init; }
}
