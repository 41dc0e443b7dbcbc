namespace EnergyChain.Devices.Meters;

/// <summary>What a reader knows of a device's counters, to be kept over a restart.</summary>
/// <param name="Name">The device's name at its site.</param>
/// <param name="Latched">Counting of kept intervals; null for a device that keeps none.</param>
/// <param name="Live">Counting of live readings.</param>
public sealed record DeviceState(string Name, CounterState? Latched, CounterState? Live);
