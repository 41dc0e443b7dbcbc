using EnergyChain.Core.Primitives;
using EnergyChain.Devices.Meters;

namespace EnergyChain.Node.Api;

/// <summary>How one device of a site is doing. Immutable.</summary>
public sealed record DeviceSnapshot
{
    /// <summary>Its name in the site's configuration.</summary>
    public required string Name { get; init; }

    /// <summary>"inverter", "meter" or "battery".</summary>
    public required string Kind { get; init; }

    /// <summary>host:port and unit.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The address of its signing key; null for a device that signs nothing.</summary>
    public Address? Address { get; init; }

    public required DeviceState State { get; init; }

    /// <summary>Why it is not well, in a sentence for the operator; empty where it is.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Since when it is in this state, in milliseconds since 1970.</summary>
    public required ulong SinceMs { get; init; }

    /// <summary>When it last gave good values, in milliseconds since 1970; 0 for never.</summary>
    public ulong LastGoodMs { get; init; }

    /// <summary>Who made it, as far as it has said.</summary>
    public DeviceIdentity Identity { get; init; } = DeviceIdentity.Unknown;

    /// <summary>Positive is production (inverter), import (meter) or charge (battery).</summary>
    public long? PowerW { get; init; }

    /// <summary>Lifetime counter of what was imported or charged.</summary>
    public long? InWh { get; init; }

    /// <summary>Lifetime counter of what was exported, discharged or produced.</summary>
    public long? OutWh { get; init; }

    /// <summary>Its last fault; null for none.</summary>
    public DeviceState? LastFault { get; init; }

    /// <summary>When that began, in milliseconds since 1970.</summary>
    public ulong LastFaultMs { get; init; }
}
