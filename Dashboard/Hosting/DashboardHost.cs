using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Net;
using EnergyChain.Client;
using EnergyChain.Dashboard.Access;
using EnergyChain.Dashboard.Billing;
using EnergyChain.Dashboard.Components;
using EnergyChain.Dashboard.Energy;
using EnergyChain.Dashboard.History;
using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Localization;
using EnergyChain.Dashboard.Text;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Localization;
using Radzen;

namespace EnergyChain.Dashboard.Hosting;

/// <summary>Puts the web application together.</summary>
internal static class DashboardHost
{
    private const int MaxConnections = 2_000;
    private const int MaxKeptCircuits = 50;
    private const long MaxFormBytes = 64 * 1024;
    private static readonly TimeSpan KeepCircuits = TimeSpan.FromMinutes(1);

    // Open pages keep their connections until they are cut.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    /// <summary>Builds it; throws <see cref="OperatorException"/>.</summary>
    /// <param name="options">Checked options.</param>
    /// <param name="change">Lets a test put its own parts in.</param>
    public static WebApplication Build(DashboardOptions options, Action<WebApplicationBuilder>? change = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DashboardHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        Listen(builder, options);
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("EnergyChain", LogLevel.Information);
        AddServices(builder.Services, options);
        change?.Invoke(builder);
        WebApplication app = builder.Build();

        // Opened at the start and not with the first page: a wrong password is the operator's to mend.
        app.Services.GetRequiredService<OperatorWallet>();
        Use(app, options);
        return app;
    }

    private static void AddServices(IServiceCollection services, DashboardOptions options)
    {
        services.AddSingleton(options);
        services.Configure<HostOptions>(static host => host.ShutdownTimeout = StopPatience);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<INodeClient>(_ => new NodeClient(new NodeClientOptions
        {
            Node = options.Node,
            CallTimeout = TimeSpan.FromSeconds(5),
            MaxAttempts = 2,
        }));
        services.AddSingleton<NodeSession>();
        services.AddHostedService(static provider => provider.GetRequiredService<NodeSession>());
        services.AddSingleton<SharedAnswers>();
        services.AddSingleton<SlotHistories>();
        services.AddSingleton<TariffBook>();
        services.AddSingleton<BillReader>();
        services.AddSingleton<SiteDayReader>();
        services.AddHostedService<WarmUp>();
        services.AddSingleton<OperatorWallet>();
        services.AddSingleton(new SiteClock(options.TimeZone));
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(static localization =>
        {
            CultureInfo[] cultures = [.. Languages.All.Select(static name => new CultureInfo(name))];
            localization.DefaultRequestCulture = new RequestCulture(Languages.Default);
            localization.SupportedCultures = cultures;
            localization.SupportedUICultures = cultures;
        });
        services.AddAccess(options);
        services.AddRadzenComponents();
        services.AddRazorComponents().AddInteractiveServerComponents(static circuits =>
        {
            circuits.DisconnectedCircuitMaxRetained = MaxKeptCircuits;
            circuits.DisconnectedCircuitRetentionPeriod = KeepCircuits;

            // A page is loaded anew from its address; without a bound, states of a thousand pages are kept for hours.
            circuits.PersistedCircuitInMemoryMaxRetained = MaxKeptCircuits;
            circuits.PersistedCircuitInMemoryRetentionPeriod = KeepCircuits;
        });
    }

    private static void Use(WebApplication app, DashboardOptions options)
    {
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseSecurityHeaders(options);
        app.UseWhoAsks(options);

        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(static (context, next) =>
        {
            // A refused form that was run again as a page would have its token checked again, and fail worse.
            if (!HttpMethods.IsGet(context.Request.Method)
                && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                pages.Enabled = false;
            }

            return next(context);
        });
        app.UseRequestLocalization();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapAccount();
        app.MapBills();

        // Its own header would stand beside ours, which says more.
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(static server => server.ContentSecurityFrameAncestorsPolicy = null)
            .RequireAuthorization(Policies.Read);
    }

    private static void Listen(WebApplicationBuilder builder, DashboardOptions options) =>
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = MaxConnections;
            kestrel.Limits.MaxRequestBodySize = MaxFormBytes;
            string host = options.Listen.Host.Trim('[', ']');
            IPAddress address = host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(host);
            kestrel.Listen(address, options.Listen.Port, listen =>
            {
                if (options.IsHttps)
                {
                    listen.UseHttps(Certificate(options));
                }
            });
        });

    private static X509Certificate2 Certificate(DashboardOptions options)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(options.CertificateFile!, options.CertificateKeyFile);
        }
        catch (Exception error) when (error is System.Security.Cryptography.CryptographicException or IOException)
        {
            throw new OperatorException(
                $"--certificate '{options.CertificateFile}' with its key cannot be used: {error.Message}", error);
        }
    }
}
