namespace EnergyChain.Dashboard.Localization;

/// <summary>Texts of the explorer, in ExplorerText.resx and ExplorerText.ko.resx.</summary>
public sealed class ExplorerText;
