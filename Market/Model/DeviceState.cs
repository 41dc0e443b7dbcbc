namespace EnergyChain.Market.Model;

/// <summary>A registered device and its last accepted record.</summary>
/// <param name="Site">Where it is.</param>
/// <param name="RatedPowerW">Bounds its records.</param>
/// <param name="Source">0 for nothing renewable, else the certificate source.</param>
/// <param name="IsRevoked">Takes no records any more.</param>
/// <param name="Last">Its last accepted record.</param>
/// <param name="WasReset">The operator accepted a reset after that record.</param>
public sealed record DeviceState(
    SiteId Site,
    uint RatedPowerW,
    byte Source,
    bool IsRevoked = false,
    DeviceRecord? Last = null,
    bool WasReset = false);
