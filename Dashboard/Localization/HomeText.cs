namespace EnergyChain.Dashboard.Localization;

/// <summary>Texts of the Home page and of faults, in HomeText.resx and HomeText.ko.resx.</summary>
public sealed class HomeText;
