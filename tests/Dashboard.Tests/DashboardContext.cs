using Bunit;
using EnergyChain.Dashboard.Access;
using EnergyChain.Dashboard.Billing;
using EnergyChain.Dashboard.Energy;
using EnergyChain.Dashboard.History;
using EnergyChain.Dashboard.Hosting;
using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Radzen;

namespace EnergyChain.Dashboard.Tests;

/// <summary>What a component needs, with a fake node and clock.</summary>
internal sealed class DashboardContext : BunitContext
{
    /// <param name="more">Adds services: later none can be added.</param>
    public DashboardContext(Action<DashboardContext>? more = null)
    {
        Session = new NodeSession(Node, Options, Time, NullLogger<NodeSession>.Instance);
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton(Session);
        Services.AddSingleton(new SharedAnswers(Session, Time, NullLogger<SharedAnswers>.Instance));
        Services.AddSingleton(new SiteClock(TimeZoneInfo.Utc));
        Services.AddSingleton<SlotHistories>();
        Services.AddSingleton<TariffBook>();
        Services.AddSingleton<BillReader>();
        Services.AddSingleton<SiteDayReader>();
        Services.AddRadzenComponents();
        Services.AddLogging();
        Services.AddLocalization();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddAuthorizationCore(policies => AccessSetup.AddPolicies(policies, ReadAccess.Members));

        // In place of bUnit's own: the dashboard's rules are what is tested.
        Services.Replace(ServiceDescriptor.Transient<IAuthorizationService, DefaultAuthorizationService>());
        Services.Replace(
            ServiceDescriptor.Transient<IAuthorizationPolicyProvider, DefaultAuthorizationPolicyProvider>());
        Services.AddSingleton<AuthenticationStateProvider>(User);
        Services.AddCascadingAuthenticationState();
        more?.Invoke(this);
        this.SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
    }

    public static DashboardOptions Options { get; } = new() { DataDirectory = "unused" };

    public FakeNode Node { get; } = new();

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_780_000_000));

    public NodeSession Session { get; }

    /// <summary>Who looks; nobody at first.</summary>
    public TestUser User { get; } = new();

    /// <summary>Links the session to the node, so that pages see its status and sites.</summary>
    public async Task LinkAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        await Session.StartAsync(CancellationToken.None);
        while (!Session.Current.IsFresh)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
