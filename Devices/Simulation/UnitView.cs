namespace EnergyChain.Devices.Simulation;

/// <summary>What one simulated unit shows at one moment.</summary>
/// <param name="InWh">Counter into the device.</param>
/// <param name="OutWh">Counter out of the device.</param>
/// <param name="PowerW">Power, signed as the device's role has it.</param>
/// <param name="StoredMilliWh">In the battery.</param>
/// <param name="ChargeStatus">SunSpec 802 ChaSt.</param>
/// <param name="Latched">Kept intervals, newest first.</param>
internal sealed record UnitView(
    long InWh,
    long OutWh,
    long PowerW,
    long StoredMilliWh,
    ushort ChargeStatus,
    IReadOnlyList<(long Interval, long InWh, long OutWh, long StoredWh)> Latched);
