namespace EnergyChain.Devices.Meters;

/// <summary>
/// The two counters of a device at one moment: energy into it (imported, charged) and out of it (exported, discharged,
/// produced).
/// </summary>
public readonly record struct CounterPair(EnergyCounter In, EnergyCounter Out);
