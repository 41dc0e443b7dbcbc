namespace EnergyChain.Dashboard.Hosting;

/// <summary>Light or dark by the user's choice; without one, as the system is.</summary>
public static class Theme
{
    public const string CookieName = "energychain-theme";

    /// <summary>"light", "dark" or "auto".</summary>
    public static string Of(HttpContext? context) =>
        context?.Request.Cookies[CookieName] is "light" or "dark" ? context.Request.Cookies[CookieName]! : "auto";
}
