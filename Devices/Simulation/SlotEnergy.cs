namespace EnergyChain.Devices.Simulation;

/// <summary>What a home uses and its panels make in one slot.</summary>
public readonly record struct SlotEnergy(long LoadWh, long PhotovoltaicWh);
