namespace EnergyChain.Dashboard.Trading;

/// <summary>A corner of a depth curve.</summary>
/// <param name="Kwh">Energy at this price or a better one; kWh.</param>
/// <param name="Price">ENC per kWh.</param>
public sealed record DepthPoint(double Kwh, double Price);
