namespace EnergyChain.Devices.Simulation;

/// <summary>The plant of a site.</summary>
/// <param name="PhotovoltaicW">Installed PV power.</param>
/// <param name="StorageCapacityWh">Usable battery capacity; 0 for no battery.</param>
/// <param name="StoragePowerW">Most AC power of the battery in either direction.</param>
/// <param name="RoundTripPermille">Energy out per energy in, 1 to 1000.</param>
public sealed record SiteRating(
    long PhotovoltaicW, long StorageCapacityWh, long StoragePowerW, int RoundTripPermille);
