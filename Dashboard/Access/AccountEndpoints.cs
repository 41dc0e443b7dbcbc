using System.Security.Claims;
using EnergyChain.Dashboard.Hosting;
using EnergyChain.Dashboard.Localization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace EnergyChain.Dashboard.Access;

/// <summary>
/// The forms that set cookies: login, logout, language, theme. Each carries an anti-forgery token, which the framework
/// checks wherever a parameter is bound from a form.
/// </summary>
internal static class AccountEndpoints
{
    private static readonly TimeSpan PreferenceLasts = TimeSpan.FromDays(365);

    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/account/login", LogInAsync).RequireRateLimiting(AccessSetup.LoginLimit).AllowAnonymous();
        routes.MapPost("/account/logout", LogOutAsync).AllowAnonymous();
        routes.MapPost("/preferences/language", SetLanguage).AllowAnonymous();
        routes.MapPost("/preferences/theme", SetTheme).AllowAnonymous();
    }

    /// <summary>A path of this site; anything else would lead a user elsewhere.</summary>
    public static string LocalPath(string? path) =>
        path is { Length: > 0 and <= 2_048 }
        && path[0] == '/'
        && (path.Length == 1 || path[1] is not ('/' or '\\'))
        && !path.Any(char.IsControl)
            ? path
            : "/";

    private static async Task<IResult> LogInAsync(
        HttpContext context,
        LoginDesk desk,
        ILogger<LoginDesk> logger,
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm(Name = "return")] string? back)
    {
        string path = LocalPath(back);
        ClaimsPrincipal? user = await desk.TryLogInAsync(
            name?.Trim().ToLowerInvariant() ?? "", password ?? "", context.RequestAborted);
        if (user is null)
        {
            logger.LoginRefused(context.Connection.RemoteIpAddress?.ToString() ?? "");
            return Results.LocalRedirect("/login?failed=wrong&return=" + Uri.EscapeDataString(path));
        }

        await context.SignInAsync(user);
        logger.LoggedIn(user.Identity?.Name ?? "");
        return Results.LocalRedirect(path);
    }

    private static async Task<IResult> LogOutAsync(HttpContext context, [FromForm(Name = "return")] string? back)
    {
        await context.SignOutAsync();
        return Results.LocalRedirect(LocalPath(back));
    }

    private static IResult SetLanguage(
        HttpContext context, [FromForm] string? value, [FromForm(Name = "return")] string? back)
    {
        string language = Languages.All.Contains(value) ? value! : Languages.Default;
        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
            Preference(context));
        return Results.LocalRedirect(LocalPath(back));
    }

    private static IResult SetTheme(
        HttpContext context, [FromForm] string? value, [FromForm(Name = "return")] string? back)
    {
        if (value is "light" or "dark")
        {
            context.Response.Cookies.Append(Theme.CookieName, value, Preference(context));
        }
        else
        {
            context.Response.Cookies.Delete(Theme.CookieName);
        }

        return Results.LocalRedirect(LocalPath(back));
    }

    private static CookieOptions Preference(HttpContext context) => new()
    {
        MaxAge = PreferenceLasts,
        SameSite = SameSiteMode.Strict,
        HttpOnly = true,
        Secure = context.Request.IsHttps,
    };
}
