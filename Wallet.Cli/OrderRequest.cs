using EnergyChain.Contracts;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Wallet.Cli;

/// <summary>An order as the user gave it.</summary>
/// <param name="Kind">Buy, Sell or Offer.</param>
/// <param name="EnergyWh">1 to 1,000,000,000 Wh.</param>
/// <param name="PricePerKwh">Base units per kWh, on the market's step.</param>
/// <param name="Slot">The slot's text; null for the next open one.</param>
/// <param name="Site">Null: the site of the account.</param>
/// <param name="To">Who alone may accept an offer; null: anybody.</param>
internal sealed record OrderRequest(
    OrderKind Kind, uint EnergyWh, UInt256 PricePerKwh, string? Slot, uint? Site, string? To);
