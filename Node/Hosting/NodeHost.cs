using System.Net;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Governance;
using EnergyChain.Node.Api;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Telemetry;

namespace EnergyChain.Node.Hosting;

/// <summary>
/// One running node: everything it needs hangs on its own host, so that several run in one process. Start checks
/// options, keys, genesis, ports and data directory first; an operator's mistake is an
/// <see cref="OperatorException"/>.
/// </summary>
public sealed class NodeHost : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly WebApplication _application;
    private readonly DiskGuard _guard;
    private bool _isDisposed;

    private NodeHost(NodeOptions options, WebApplication application)
    {
        Options = options;
        _application = application;
        _guard = application.Services.GetRequiredService<DiskGuard>();
        Chain = application.Services.GetRequiredService<IChain>();
        Pool = application.Services.GetRequiredService<ITransactionPool>();
    }

    public NodeOptions Options { get; }

    public IServiceProvider Services => _application.Services;

    public IChain Chain { get; }

    public ITransactionPool Pool { get; }

    /// <summary>The site's view; null for a node without a site.</summary>
    public SiteDesk? Desk => Services.GetService<SiteDesk>();

    /// <summary>Sends transactions through this node; of a node with a site only.</summary>
    public TransactionSender Sender => Services.GetRequiredService<TransactionSender>();

    /// <summary>Builds and starts a node.</summary>
    /// <param name="options">Its options; checked here.</param>
    /// <param name="configure">Changes services before the host is built; null for none.</param>
    /// <param name="cancellation">Gives up the start.</param>
    public static async Task<NodeHost> StartAsync(
        NodeOptions options, Action<IServiceCollection>? configure, CancellationToken cancellation)
    {
        Ed25519SelfCheck.Run();
        NodeOptionsCheck.Run(options);
        Genesis genesis = GenesisLoader.Load(options.Resolve(options.Genesis));
        SigningKey key = KeyFile.Load(options.Resolve(options.NodeKey), "nodeKey");
        RequireMember(options, genesis, key);
        PortCheck.Require(IPEndPoint.Parse(options.PeerListen), "peerListen");
        PortCheck.Require(IPEndPoint.Parse(options.ApiListen), "apiListen");
        if (options.SnapshotSync)
        {
            await JoinPhase.RunAsync(options, genesis, key, cancellation);
        }

        while (true)
        {
            try
            {
                return await StartAsync(options, genesis, key, configure, cancellation);
            }
            catch (DamagedBlockException damage)
            {
                await RepairAsync(options, genesis, key, damage.Height, cancellation);
            }
        }
    }

    private static async Task RepairAsync(
        NodeOptions options, Genesis genesis, SigningKey key, Height damaged, CancellationToken cancellation)
    {
        try
        {
            await RepairPhase.RunAsync(options, genesis, key, damaged, cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw StartFailures.Explain(error, options);
        }
    }

    private static async Task<NodeHost> StartAsync(
        NodeOptions options,
        Genesis genesis,
        SigningKey key,
        Action<IServiceCollection>? configure,
        CancellationToken cancellation)
    {
        IPEndPoint peer = IPEndPoint.Parse(options.PeerListen);
        IPEndPoint api = IPEndPoint.Parse(options.ApiListen);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ContentRootPath = options.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.ListenForNodeApi(api);
            KestrelPeerLimits.Apply(kestrel);
            kestrel.Listen(peer, listen => listen.UsePeerProtocol());
        });
        NodeServices.Add(builder, options, genesis, key);
        configure?.Invoke(builder.Services);
        WebApplication application = builder.Build();
        try
        {
            application.Services.GetRequiredService<DiskGuard>().RequireRoom();
            application.Services.GetRequiredService<CpuMetrics>();
            NodeHost host = new(options, application);
            MapServices(application);
            await application.StartAsync(cancellation);
            return host;
        }
        catch (DamagedBlockException)
        {
            await application.DisposeAsync();
            throw;
        }
        catch (Exception error)
        {
            await application.DisposeAsync();
            throw StartFailures.Explain(error, options);
        }
    }

    /// <summary>Waits until the node stops: true when it stopped by itself, false when cancelled.</summary>
    public async Task<bool> WaitAsync(CancellationToken cancellation)
    {
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IHostApplicationLifetime lifetime = Services.GetRequiredService<IHostApplicationLifetime>();
        using CancellationTokenRegistration registration =
            lifetime.ApplicationStopping.Register(() => stopped.TrySetResult());
        try
        {
            await stopped.Task.WaitAsync(cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>
    /// Where the node stopped because its disk fills: waits, after it was disposed too, until there is room again.
    /// False at once where it stopped for another reason.
    /// </summary>
    public async Task<bool> WaitForRoomAsync(CancellationToken cancellation)
    {
        if (!_guard.LacksRoom)
        {
            return false;
        }

        await _guard.WaitForRoomAsync(cancellation);
        return true;
    }

    /// <summary>Stops the node: links first, then the chain, whose files are closed when this returns.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        using CancellationTokenSource patience = new(StopPatience);
        try
        {
            await _application.StopAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // What did not stop in time is cut off by the disposal; the files are safe at every moment.
        }

        await _application.DisposeAsync();
    }

    private static void MapServices(WebApplication application)
    {
        application.UseRouting();
        application.UsePeerPortGuard();
        application.UseOverloadGuard();
        application.MapNodeApi();
        application.MapPeerNetwork();
    }

    private static void RequireMember(NodeOptions options, Genesis genesis, SigningKey key)
    {
        // With the contract, who is no member now may become one: such a node follows until then.
        bool mayJoin = genesis.Accounts.Any(account => account.Address == CouncilCall.Contract);
        if (options.Role == NodeRole.Consensus && !mayJoin && genesis.Council.IndexOf(key.PublicKey) < 0)
        {
            throw OperatorException.ForOption(
                "nodeKey",
                options.NodeKey,
                $"the key of a member of the genesis council for role consensus; this is {key.Address}");
        }
    }
}
