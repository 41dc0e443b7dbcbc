using System.Net;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EnergyChain.Node.Tests.Network;

/// <summary>A node's network on a loopback port of its own, over a fake chain and a real pool.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _app;

    private TestNode(WebApplication app, SigningKey key, FakeChain chain, FakeConsensusHost? consensus, LogCapture log)
    {
        _app = app;
        Id = new PeerId(key.PublicKey);
        Chain = chain;
        Consensus = consensus;
        Log = log;
    }

    public PeerId Id { get; }

    public FakeChain Chain { get; }

    public FakeConsensusHost? Consensus { get; }

    public LogCapture Log { get; }

    public PeerAddress Address { get; private set; } = new("127.0.0.1", 1);

    public CountingPool Pool => (CountingPool)Service<ITransactionPool>();

    public IConsensusNetwork Network => Service<IConsensusNetwork>();

    public LinkTable Links => Service<LinkTable>();

    public NetworkOptions Options => Service<NetworkOptions>();

    /// <summary>A relay, or a validator where <paramref name="member"/> names its seat in the council.</summary>
    public static async Task<TestNode> StartAsync(
        FakeChain chain, int? member = null, int keyNumber = 0, Action<NetworkOptions>? configure = null)
    {
        SigningKey key = member is { } seat ? TestKeys.Of(seat) : TestKeys.Of(1_000 + keyNumber);
        NetworkOptions options = new() { StatusIntervalMs = 50, SyncGraceMs = 100, FirstRetryMs = 20 };
        configure?.Invoke(options);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            KestrelPeerLimits.Apply(kestrel);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UsePeerProtocol());
        });
        LogCapture log = new();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        TransactionPool pool = new(chain);
        chain.Observe(pool);
        builder.Services.AddSingleton<IChain>(chain);
        builder.Services.AddSingleton<ITransactionPool>(new CountingPool(pool));
        FakeConsensusHost? consensus = member is null ? null : new FakeConsensusHost();
        if (consensus is not null)
        {
            builder.Services.AddSingleton<IConsensusHost>(consensus);
        }

        PeerRole role = member is null ? PeerRole.Relay : PeerRole.Consensus;
        builder.Services.AddPeerNetwork(new PeerIdentity(key, role), options);
        WebApplication app = builder.Build();
        app.UseRouting();
        app.UsePeerPortGuard();
        app.MapPeerNetwork();
        await app.StartAsync();
        IServerAddressesFeature addresses =
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        PeerAddress address = new("127.0.0.1", new Uri(addresses.Addresses.First()).Port);
        return new TestNode(app, key, chain, consensus, log) { Address = address };
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Dials once; the task ends with the link.</summary>
    public Task<DialResult> DialAsync(PeerAddress address) =>
        Service<PeerConnector>().DialAsync(address, _stopping.Token);

    /// <summary>Dials and waits until both sides have the whole link.</summary>
    public async Task LinkToAsync(TestNode other)
    {
        Task<PeerLink> here = LinkWithAsync(other.Id);
        Task<PeerLink> there = other.LinkWithAsync(Id);
        _ = DialAsync(other.Address);
        await Within((await Within(here)).Attached);
        await Within((await Within(there)).Attached);
    }

    public async Task<PeerLink> LinkWithAsync(PeerId peer)
    {
        TaskCompletionSource<PeerLink> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Links.LinkUp += OnUp;
        if (Links.TryGet(peer, out PeerLink? existing))
        {
            found.TrySetResult(existing);
        }

        PeerLink link = await Within(found.Task);
        Links.LinkUp -= OnUp;
        return link;

        void OnUp(PeerLink up)
        {
            if (up.Id == peer)
            {
                found.TrySetResult(up);
            }
        }
    }

    /// <summary>Completes when the link has ended.</summary>
    public static async Task<DisconnectReason> EndOf(PeerLink link)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration onEnd = link.Closing.Register(ended.SetResult);
        await Within(ended.Task);
        return link.Reason;
    }

    public static Task<T> Within<T>(Task<T> task) => task.WaitAsync(Patience);

    public static Task Within(Task task) => task.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }
}
