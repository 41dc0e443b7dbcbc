using System.Security.Cryptography;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Joining;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Hosting;

/// <summary>
/// What a node does before it starts where it is to join by a snapshot and has no chain yet: it links to its peers,
/// without a chain, a vote or an API of its own, and fetches one. Where nobody has one it starts as ever and fetches
/// block by block.
/// </summary>
internal static class JoinPhase
{
    public static async Task RunAsync(
        NodeOptions options, Genesis genesis, SigningKey key, CancellationToken cancellation)
    {
        try
        {
            using DataDirectory directory = DataDirectory.Open(options.Resolve(options.DataDirectory), genesis.Hash);
            if (JoinInstaller.IsFresh(directory.Disk, directory.Blocks))
            {
                await JoinAsync(options, genesis, key, directory, cancellation);
            }
            else
            {
                JoinInstaller.Discard(directory);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw StartFailures.Explain(error, options);
        }
    }

    private static async Task JoinAsync(
        NodeOptions options,
        Genesis genesis,
        SigningKey key,
        DataDirectory directory,
        CancellationToken cancellation)
    {
        using IHost host = Build(options, genesis, key);
        await host.StartAsync(cancellation);
        IServiceProvider services = host.Services;
        LinkTable links = services.GetRequiredService<LinkTable>();
        ReplyTable replies = services.GetRequiredService<ReplyTable>();
        IPeerJudge judge = services.GetRequiredService<IPeerJudge>();
        NetworkOptions network = services.GetRequiredService<NetworkOptions>();
        ILogger logger = services.GetRequiredService<ILogger<SnapshotJoin>>();
        SnapshotJoin join = new(
            genesis,
            directory,
            () => [.. links.All.Select(link => new LinkSnapshotPeer(link, replies, judge, network, logger))],
            new JoinOptions
            {
                TrustedHeight = options.TrustedHeight,
                TrustedHash = Hash32.TryParse(options.TrustedHash ?? string.Empty, out Hash32 trusted)
                    ? trusted
                    : default,
            },
            BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))),
            services.GetRequiredService<TimeProvider>(),
            logger);
        if (!await join.RunAsync(cancellation))
        {
            JoinLog.NoSnapshot(logger);
        }

        await host.StopAsync(cancellation);
    }

    /// <summary>A host that links to the peers and serves nothing.</summary>
    internal static IHost Build(NodeOptions options, Genesis genesis, SigningKey key)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        NodeServices.AddLogging(builder, options);
        JoiningChain chain = new(genesis);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<IChain>(chain);
        builder.Services.AddSingleton<ITransactionPool>(new TransactionPool(chain));
        builder.Services.AddPeerNetwork(
            new PeerIdentity(key, options.Role == NodeRole.Consensus ? PeerRole.Consensus : PeerRole.Relay),
            new NetworkOptions
            {
                StaticPeers = options.Peers,
                StateFolder = options.Resolve(options.DataDirectory),
                FetchesBlocks = false,
            });
        return builder.Build();
    }
}
