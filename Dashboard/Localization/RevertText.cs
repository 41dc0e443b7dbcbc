namespace EnergyChain.Dashboard.Localization;

/// <summary>Names what a contract's revert means, by the name of its error.</summary>
public sealed class RevertText;
