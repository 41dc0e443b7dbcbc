using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Genesis;

/// <summary>A site known from genesis on.</summary>
/// <param name="Site">Its number, not 0.</param>
/// <param name="Account">The account that trades for it and is paid its rewards.</param>
public sealed record GenesisSite(uint Site, Address Account);
