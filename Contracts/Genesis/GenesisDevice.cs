using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Genesis;

/// <summary>A meter known from genesis on.</summary>
/// <param name="Device">Address of its key.</param>
/// <param name="Site">A site of the same genesis.</param>
/// <param name="RatedPowerW">No record may say more than this power over a slot gives.</param>
/// <param name="Source">What its production comes from.</param>
public sealed record GenesisDevice(Address Device, uint Site, uint RatedPowerW, EnergySource Source);
