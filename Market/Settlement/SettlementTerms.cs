namespace EnergyChain.Market.Settlement;

/// <summary>The rates that a trade is settled with, all multiples of the price step.</summary>
/// <param name="GridFee">Buyer to grid account, for what was delivered.</param>
/// <param name="Collateral">What the seller locked for each kWh sold.</param>
/// <param name="Retail">The retail tariff of the slot; zero compensates nothing.</param>
public sealed record SettlementTerms(PricePerKwh GridFee, PricePerKwh Collateral, PricePerKwh Retail);
