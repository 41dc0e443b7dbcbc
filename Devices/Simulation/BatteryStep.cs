namespace EnergyChain.Devices.Simulation;

/// <summary>What a battery moved in one slot, at its AC side as metered; at most one of the two is not 0.</summary>
public readonly record struct BatteryStep(long ChargeWh, long DischargeWh);
