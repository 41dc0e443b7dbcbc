using System.Net;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EnergyChain.Node.Api;

/// <summary>Puts the public API into a node's host.</summary>
public static class NodeApiExtensions
{
    /// <summary>
    /// Registers the services of the API. The host must hold <see cref="IChain"/> and <see cref="ITransactionPool"/>;
    /// <see cref="IChainTracer"/>, <see cref="IChainProver"/>, <see cref="Network.IPeerDirectory"/>,
    /// <see cref="ISiteStatus"/> and the history index are used where present.
    /// </summary>
    public static IServiceCollection AddNodeApi(
        this IServiceCollection services, Action<NodeApiOptions>? configure = null)
    {
        services.AddOptions<NodeApiOptions>().Configure(configure ?? (static _ => { }));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(IntakeLimits.Default);
        services.TryAddSingleton<TransactionIntake>();
        services.AddSingleton<RefusalText>();
        services.AddSingleton<HeadSignal>();
        services.AddHostedService(static provider => provider.GetRequiredService<HeadSignal>());
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<CallGate>();
        services.AddSingleton<TraceGate>();
        services.AddSingleton<ProofGate>();
        services.AddSingleton<TransactionTraces>();
        services.AddSingleton<BlockFeed>();
        services.AddSingleton<TransactionLookup>();
        services.AddSingleton<NodeRpc>();
        services.AddSingleton<ChainRpc>();
        services.AddSingleton<HistoryRpc>();
        services.AddSingleton<SiteRpc>();
        services.AddSingleton<ProofRpc>();
        services.AddSingleton<ApiInterceptor>();
        services.AddGrpc()
            .AddServiceOptions<NodeRpc>(Limit)
            .AddServiceOptions<ChainRpc>(Limit)
            .AddServiceOptions<HistoryRpc>(Limit)
            .AddServiceOptions<SiteRpc>(Limit)
            .AddServiceOptions<ProofRpc>(Limit);
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks().AddCheck<ApiHealthCheck>("node");
        return services;
    }

    /// <summary>
    /// Maps the API, reflection and health. By which port they may be reached is told by the connection, never by the
    /// name and port that the client wrote: behind a proxy those are the proxy's.
    /// </summary>
    public static void MapNodeApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<NodeRpc>();
        endpoints.MapGrpcService<ChainRpc>();
        endpoints.MapGrpcService<HistoryRpc>();
        endpoints.MapGrpcService<SiteRpc>();
        endpoints.MapGrpcService<ProofRpc>();
        endpoints.MapGrpcReflectionService();
        endpoints.MapGrpcHealthChecksService();
    }

    /// <summary>Listens for the API on an endpoint: HTTP/2 without TLS, every limit set.</summary>
    public static void ListenForNodeApi(this KestrelServerOptions options, IPEndPoint endpoint)
    {
        SetLimits(options.Limits);
        options.AddServerHeader = false;
        options.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http2);
    }

    // Kestrel's defaults leave the number of connections open, and its timeouts suit browsers.
    private static void SetLimits(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = ApiLimits.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestBodySize = ApiLimits.MaxRequestBytes + 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestLineSize = 4 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(5);
        limits.Http2.MaxStreamsPerConnection = ApiLimits.MaxStreamsPerConnection;
        limits.Http2.MaxFrameSize = 16 * 1024;
        limits.Http2.MaxRequestHeaderFieldSize = 8 * 1024;
        limits.Http2.InitialConnectionWindowSize = 1024 * 1024;
        limits.Http2.InitialStreamWindowSize = 512 * 1024;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }

    private static void Limit<TService>(Grpc.AspNetCore.Server.GrpcServiceOptions<TService> options)
        where TService : class
    {
        options.MaxReceiveMessageSize = ApiLimits.MaxRequestBytes;
        options.MaxSendMessageSize = ApiLimits.MaxResponseBytes;
        options.Interceptors.Add<ApiInterceptor>();
    }
}
