namespace EnergyChain.Devices.Meters;

/// <summary>The counted totals of a device at the end of a slot.</summary>
/// <param name="TotalInMilliWh">Total in at the edge.</param>
/// <param name="TotalOutMilliWh">Total out at the edge.</param>
/// <param name="Epoch">Energy between edges of different epochs is unknown.</param>
/// <param name="StoredWh">Energy in a storage.</param>
/// <param name="UncertaintyMilliWh">0 for a latched edge; else the whole step of the bracket around it.</param>
internal readonly record struct Edge(
    long TotalInMilliWh, long TotalOutMilliWh, int Epoch, long? StoredWh, long UncertaintyMilliWh);
