namespace EnergyChain.Dashboard.Localization;

/// <summary>Names the texts of the market page.</summary>
public sealed class MarketText;
