namespace EnergyChain.Dashboard.Localization;

/// <summary>Texts of the Devices page, in DevicesText.resx and DevicesText.ko.resx.</summary>
public sealed class DevicesText;
