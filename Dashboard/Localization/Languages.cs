namespace EnergyChain.Dashboard.Localization;

/// <summary>The languages that every text is in.</summary>
public static class Languages
{
    public const string Default = "en";

    public static readonly IReadOnlyList<string> All = ["en", "ko"];
}
