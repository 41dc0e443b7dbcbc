using System.Numerics;

namespace EnergyChain.Node.Site;

/// <summary>An order that a site means to place.</summary>
/// <param name="Side">Buy or sell.</param>
/// <param name="EnergyWh">Energy, above 0.</param>
/// <param name="LimitPerKwh">Limit price in base units per kWh, a multiple of 1000.</param>
public sealed record OrderDraft(OrderSide Side, uint EnergyWh, BigInteger LimitPerKwh);
