using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>A device that is not well.</summary>
/// <param name="Site">Its site.</param>
/// <param name="Device">Its name.</param>
/// <param name="State">silent, exception, garbage, reset or implausible.</param>
/// <param name="Reason">What happened, in a sentence.</param>
/// <param name="Since">Since when.</param>
public sealed record SiteFaultInfo(uint Site, string Device, string State, string Reason, BlockTime Since);
