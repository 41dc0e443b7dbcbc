using System.Net;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Storage.Snapshots;
using EnergyChain.Node.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EnergyChain.Node.Tests.Network.Joining;

/// <summary>A node's network on a loopback port of its own, over a real chain that serves snapshots.</summary>
internal sealed class SnapshotHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SnapshotHost(WebApplication app, int port)
    {
        _app = app;
        Address = $"127.0.0.1:{port}";
    }

    public string Address { get; }

    public static async Task<SnapshotHost> StartAsync(Chain chain)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            KestrelPeerLimits.Apply(kestrel);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UsePeerProtocol());
        });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IChain>(chain);
        builder.Services.AddSingleton<ITransactionPool>(new TransactionPool(chain));
        builder.Services.AddSingleton<ISnapshotSource>(chain.Snapshots!);
        builder.Services.AddPeerNetwork(
            new PeerIdentity(TestKeys.Of(1), PeerRole.Consensus), new NetworkOptions { StatusIntervalMs = 50 });
        WebApplication app = builder.Build();
        app.UseRouting();
        app.UsePeerPortGuard();
        app.MapPeerNetwork();
        await app.StartAsync();
        IServerAddressesFeature addresses =
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return new SnapshotHost(app, new Uri(addresses.Addresses.First()).Port);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
