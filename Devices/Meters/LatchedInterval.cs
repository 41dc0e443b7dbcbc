namespace EnergyChain.Devices.Meters;

/// <summary>The counters that a device kept from the end of one interval; null where it has none.</summary>
public sealed record LatchedInterval(long Interval, EnergyCounter? In, EnergyCounter? Out, long? StoredWh);
