namespace EnergyChain.Market;

/// <summary>What a retailer charges and pays in a slot.</summary>
public readonly record struct Tariff(PricePerKwh Retail, PricePerKwh FeedIn);
