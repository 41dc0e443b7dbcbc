namespace EnergyChain.Dashboard.Localization;

/// <summary>Names the texts of the bills page.</summary>
public sealed class BillsText;
