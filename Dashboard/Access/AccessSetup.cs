using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using EnergyChain.Dashboard.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;

namespace EnergyChain.Dashboard.Access;

/// <summary>Registers cookies, policies, anti-forgery and the limit of logins.</summary>
internal static class AccessSetup
{
    public const string LoginLimit = "login";

    private const int LoginsPerMinute = 6;

    public static void AddAccess(this IServiceCollection services, DashboardOptions options)
    {
        DataFolder.Prepare(options.DataDirectory);
        UserFile users = new(options.DataDirectory);
        services.AddSingleton(users);
        services.AddSingleton<LoginDesk>();
        services.AddDataProtection()
            .SetApplicationName("energychain-dashboard")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.DataDirectory, "cookie-keys")));
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie => Configure(cookie, options, users));
        services.AddAuthorization(policies => AddPolicies(policies, options.EffectiveRead));
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = CookieName("form", options);
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SecurePolicy = SecureWhere(options);
        });
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidatingUser>();
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy(LoginLimit, context => RateLimitPartition.GetFixedWindowLimiter(
                RemoteClient.Of(context.Connection.RemoteIpAddress),
                static _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = LoginsPerMinute,
                    Window = TimeSpan.FromMinutes(1),
                }));
            limiter.OnRejected = static (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = 60.ToString(CultureInfo.InvariantCulture);
                rejected.HttpContext.Response.Redirect("/login?failed=wait");
                return ValueTask.CompletedTask;
            };
        });
    }

    /// <summary>
    /// What the names of <see cref="Policies"/> mean. An endpoint that names none and does not say that it is for
    /// everybody needs the right to read.
    /// </summary>
    public static void AddPolicies(AuthorizationOptions policies, ReadAccess read)
    {
        policies.AddPolicy(Policies.Operate, static policy => policy.RequireRole(nameof(UserRole.Operator)));
        policies.AddPolicy(Policies.Read, policy => policy.RequireAssertion(asked => MayRead(asked.User, read)));
        policies.FallbackPolicy = new AuthorizationPolicyBuilder()
            .RequireAssertion(asked => MayRead(asked.User, read) || IsOfNoEndpoint(asked))
            .Build();
    }

    private static bool MayRead(ClaimsPrincipal user, ReadAccess read) =>
        read == ReadAccess.Open || user.Identity is { IsAuthenticated: true };

    // Where there is nothing, there is nothing to protect: that stays "not found".
    private static bool IsOfNoEndpoint(AuthorizationHandlerContext asked) =>
        asked.Resource is HttpContext context && context.GetEndpoint() is null;

    private static void Configure(
        CookieAuthenticationOptions cookie, DashboardOptions options, UserFile users)
    {
        cookie.Cookie.Name = CookieName("login", options);
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SecurePolicy = SecureWhere(options);
        cookie.ExpireTimeSpan = UserClaims.LoginLasts;
        cookie.SlidingExpiration = false;
        cookie.LoginPath = "/login";
        cookie.AccessDeniedPath = "/login";
        cookie.ReturnUrlParameter = "return";
        cookie.Events.OnValidatePrincipal = async context =>
        {
            TimeProvider time = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
            if (context.Principal is not { } principal || !UserClaims.AreCurrent(principal, users, time))
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync();
            }
        };
    }

    // The prefix makes browsers refuse the cookie from any other host or without https.
    private static string CookieName(string name, DashboardOptions options) =>
        options.IsHttpsForBrowsers ? $"__Host-energychain-{name}" : $"energychain-{name}";

    private static CookieSecurePolicy SecureWhere(DashboardOptions options) =>
        options.IsHttpsForBrowsers ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
}
