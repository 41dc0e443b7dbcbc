using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Api;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Index;
using EnergyChain.Node.Network;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Site;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Telemetry;

namespace EnergyChain.Node.Hosting;

/// <summary>
/// Puts a node's rooms together: chain and pool, network, consensus where it votes, API, index, site.
/// </summary>
internal static class NodeServices
{
    public static void Add(
        WebApplicationBuilder builder, NodeOptions options, Genesis genesis, SigningKey key)
    {
        IServiceCollection services = builder.Services;
        bool isValidator = options.Role == NodeRole.Consensus;
        AddLogging(builder, options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IHostLifetime, CallersLifetime>();
        services.AddSingleton(options);
        services.AddMetrics();
        services.AddRouting();
        services.AddSingleton<CpuMetrics>();
        if (Environment.GetEnvironmentVariable(CpuFile.Variable) is { Length: > 0 } cpuFile)
        {
            services.AddHostedService(provider =>
                new CpuFile(cpuFile, provider.GetRequiredService<TimeProvider>()));
        }

        services.AddSingleton<IDiskSpace, DriveSpace>();
        services.AddSingleton<DiskGuard>();
        services.AddHostedService(provider => provider.GetRequiredService<DiskGuard>());
        string folder = options.Resolve(options.DataDirectory);
        ChainServices.Add(services, folder, genesis, options);
        services.AddSingleton<ITransactionPool>(CreatePool);
        services.AddPeerNetwork(
            new PeerIdentity(key, isValidator ? PeerRole.Consensus : PeerRole.Relay),
            new NetworkOptions
            {
                StaticPeers = options.Peers,
                AdvertisedAddress = options.Advertise ?? string.Empty,
                AllowedPeers = AllowedPeerKeys.Of(options),
                StateFolder = folder,
                Trusted = options.TrustedBlock,
            });
        if (isValidator)
        {
            AddConsensus(services, key);
        }

        if (options.KeepsIndex)
        {
            services.AddHistoryIndex(Path.Combine(folder, "index"), options.IndexKeepDays);
        }

        if (options.Site is { } site)
        {
            AddSite(services, options, site, folder);
        }

        services.AddNodeApi(api =>
        {
            api.NodeName = options.Name;
            api.Role = options.Role.ToString().ToLowerInvariant();
        });
    }

    // The pool must see every block before those who wait for one send their next transaction.
    private static TransactionPool CreatePool(IServiceProvider provider)
    {
        IChain chain = provider.GetRequiredService<IChain>();
        TransactionPool pool = new(chain);
        chain.Observe(pool);
        return pool;
    }

    internal static void AddLogging(IHostApplicationBuilder builder, NodeOptions options)
    {
        builder.Logging.SetMinimumLevel(Enum.Parse<LogLevel>(options.LogLevel));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Grpc", LogLevel.Warning);
        builder.Services.AddSingleton<ILoggerProvider>(
            provider => new LineLoggerProvider(Console.Out, provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddConsensus(IServiceCollection services, SigningKey key)
    {
        services.AddSingleton<ConsensusMetrics>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ConsensusHost>(provider, key));
        services.AddSingleton<IConsensusHost>(provider => provider.GetRequiredService<ConsensusHost>());
        services.AddHostedService(provider => provider.GetRequiredService<ConsensusHost>());
    }

    private static void AddSite(IServiceCollection services, NodeOptions options, SiteOptions site, string folder)
    {
        services.AddSingleton(_ => new SiteIdentity(
            site,
            KeyFile.Load(options.Resolve(site.AccountKey), "site.accountKey"),
            KeyFile.Load(options.Resolve(site.DeviceKey), "site.deviceKey")));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ReadingsArchive>(provider, site));
        services.AddSingleton(provider => new SiteFiles(
            new MeterStateFile(Path.Combine(folder, "meters.json")), provider.GetRequiredService<ReadingsArchive>()));
        services.AddSingleton<SiteDesk>();
        services.AddSingleton<ISiteStatus>(provider => provider.GetRequiredService<SiteDesk>());
        services.AddSingleton<TransactionSender>();
        services.AddSingleton<SitePlanSource>();
        services.AddHostedService<SitePlanner>();
        services.AddHostedService<SiteAgent>();
    }
}
