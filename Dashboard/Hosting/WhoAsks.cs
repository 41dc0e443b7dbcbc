using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace EnergyChain.Dashboard.Hosting;

/// <summary>
/// Finds out who asks and under which name, before anything trusts either: the host's name against sites that let their
/// name point here (DNS rebinding), and what a proxy forwards, which counts from this machine only.
/// </summary>
internal static class WhoAsks
{
    private const string UnknownHost =
        "This dashboard is not known under that name. Use its address, or start it with --public-url.";

    private const string Undeclared =
        "A proxy forwarded this, and the dashboard was not told of one. Start it with --public-url.";

    private static readonly string[] ForwardedBy =
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    /// <summary>Comes first of all.</summary>
    public static void UseWhoAsks(this IApplicationBuilder app, DashboardOptions options)
    {
        if (options.PublicUrl is { } url)
        {
            app.UseForwardedHeaders(Forwarded());
            app.Use((context, next) => IsAllowed(context.Request.Host.Host, options)
                ? AsPublic(context, url, next)
                : RefuseAsync(context, StatusCodes.Status400BadRequest, UnknownHost));
            return;
        }

        app.Use((context, next) => !IsAllowed(context.Request.Host.Host, options)
            ? RefuseAsync(context, StatusCodes.Status400BadRequest, UnknownHost)
            : IsForwarded(context, options)
                ? RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, Undeclared)
                : next(context));
    }

    /// <summary>
    /// Whether a request under this host is for this dashboard. An address as text cannot be rebound; a name can, and
    /// has to be one of the operator's.
    /// </summary>
    public static bool IsAllowed(string host, DashboardOptions options)
    {
        bool isPublic = options.PublicUrl is { } url
            && string.Equals(url.Host, host, StringComparison.OrdinalIgnoreCase);
        bool isLocal = string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase);
        return isPublic
            || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address)
                ? !options.IsLoopback || IPAddress.IsLoopback(address)
                : isLocal);
    }

    // The one hop before this process. The framework takes it from loopback addresses only: anybody else could claim
    // any address.
    private static ForwardedHeadersOptions Forwarded() =>
        new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = 1 };

    // Where reading is open because only this machine reaches it, a proxy on it would open it to the world.
    private static bool IsForwarded(HttpContext context, DashboardOptions options) =>
        options.IsLoopback && ForwardedBy.Any(context.Request.Headers.ContainsKey);

    // Not by what the proxy says of itself: the operator's word decides whether cookies are Secure.
    private static Task AsPublic(HttpContext context, Uri url, RequestDelegate next)
    {
        context.Request.Scheme = url.Scheme;
        context.Request.Host = url.IsDefaultPort ? new HostString(url.Host) : new HostString(url.Host, url.Port);
        return next(context);
    }

    private static Task RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text);
    }
}
