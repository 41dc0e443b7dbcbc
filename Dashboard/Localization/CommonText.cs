namespace EnergyChain.Dashboard.Localization;

/// <summary>Texts of the frame and of shared components, in CommonText.resx and CommonText.ko.resx.</summary>
public sealed class CommonText;
