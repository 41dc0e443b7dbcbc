namespace EnergyChain.Dashboard.Localization;

/// <summary>Names the texts of the community page.</summary>
public sealed class CommunityText;
