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
}
