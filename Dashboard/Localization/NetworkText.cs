namespace EnergyChain.Dashboard.Localization;

/// <summary>Texts of the Network page, in NetworkText.resx and NetworkText.ko.resx.</summary>
public sealed class NetworkText;
