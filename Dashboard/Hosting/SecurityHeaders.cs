namespace EnergyChain.Dashboard.Hosting;

/// <summary>
/// What every answer tells browsers to refuse. Scripts, styles, fonts and connections come from here only; the style
/// attributes that the component library positions with are the one exception (docs/adr/0016-dashboard.md).
/// </summary>
internal static class SecurityHeaders
{
    public const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; "
        + "frame-ancestors 'none'; manifest-src 'self'";

    private const string YearOfHttps = "max-age=31536000";

    public static void UseSecurityHeaders(this IApplicationBuilder app, DashboardOptions options) =>
        app.Use((context, next) =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
            if (options.IsHttpsForBrowsers)
            {
                headers.StrictTransportSecurity = YearOfHttps;
            }

            return next(context);
        });
}
