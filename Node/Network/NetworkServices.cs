using EnergyChain.Core;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Gossip;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Joining;
using EnergyChain.Node.Network.Judgement;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Secure;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Pool;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EnergyChain.Node.Network;

/// <summary>Puts the network together.</summary>
public static class NetworkServices
{
    /// <summary>
    /// Adds the peer network. The host must have an <see cref="IChain"/> and an <see cref="ITransactionPool"/>, a
    /// validator's host an <see cref="IConsensusHost"/> too. Gives <see cref="IConsensusNetwork"/> and
    /// <see cref="IPeerDirectory"/>. Throws <see cref="ArgumentException"/> that names every option out of range.
    /// </summary>
    public static IServiceCollection AddPeerNetwork(
        this IServiceCollection services, PeerIdentity identity, NetworkOptions options)
    {
        string[] problems = [.. options.Problems()];
        if (problems.Length > 0)
        {
            throw new ArgumentException("Network options: " + string.Join(' ', problems), nameof(options));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddGrpc();
        LimitFrames<PeerMainService>(services, Limits.MaxMainFrameBytes);
        LimitFrames<PeerTransactionsService>(services, Limits.MaxTransactionFrameBytes);
        services.AddSingleton(identity);
        services.AddSingleton(options);
        services.AddSingleton(new IntakeLimits(options.VerifyConcurrency, options.VerifyQueue));
        services.TryAddSingleton<TransactionIntake>();
        services.AddSingleton<NetworkMetrics>();
        services.AddSingleton<ConsensusPort>();
        services.AddSingleton(_ => PeerCertificate.Create());
        services.AddSingleton<LogBudget>();
        services.AddSingleton<StrangerTable>();
        services.AddSingleton<ConnectionGate>();
        services.AddSingleton<BanList>();
        services.AddSingleton<PeerScores>();
        services.AddSingleton<PeerJudge>();
        services.AddSingleton<IPeerJudge>(provider => provider.GetRequiredService<PeerJudge>());
        services.AddSingleton<LinkAdmission>();
        services.AddSingleton<LinkTable>();
        services.AddSingleton<IPeerDirectory, PeerDirectory>();
        services.AddSingleton<SyncProgress>();
        services.AddSingleton<ReplyTable>();
        services.AddSingleton<Handshaker>();
        services.AddSingleton<PeerTransport>();
        services.AddSingleton<LinkRunner>();
        services.AddSingleton<FrameRouter>();
        services.AddSingleton<PeerConnector>();
        services.AddSingleton<PeerPort>();
        services.AddSingleton<MeshView>();
        services.AddSingleton<ConsensusGossip>();
        services.AddSingleton<BodyExchange>();
        services.AddSingleton<AddressBook>();
        services.AddSingleton<AddressExchange>();
        services.AddSingleton<RangeServer>();
        services.AddSingleton<SnapshotServer>();
        services.AddSingleton<BlockAnnouncer>();
        services.AddSingleton<SyncRequests>();
        services.AddSingleton<SyncPort>();
        services.AddSingleton<PooledRangeChecker>();
        AddHosted<TransactionGossip>(services);
        AddHosted<SyncService>(services);
        AddHosted<BlockRepairService>(services);
        AddHosted<PeerNetwork>(services);
        AddHosted<PeerDialer>(services);
        services.AddSingleton<IConsensusNetwork>(provider => provider.GetRequiredService<PeerNetwork>());
        return services;
    }

    /// <summary>Maps both services of the peer protocol; the caller may bind them to the peer port.</summary>
    public static IEndpointConventionBuilder[] MapPeerNetwork(this IEndpointRouteBuilder endpoints) =>
    [
        endpoints.MapGrpcService<PeerMainService>().WithMetadata(new PeerPort.Mark()),
        endpoints.MapGrpcService<PeerTransactionsService>().WithMetadata(new PeerPort.Mark()),
    ];

    /// <summary>Keeps the peer port and all other ports apart. Comes after routing.</summary>
    public static IApplicationBuilder UsePeerPortGuard(this IApplicationBuilder application) =>
        application.Use(next => context => PeerPort.GuardAsync(context, next));

    private static void LimitFrames<TService>(IServiceCollection services, int maxBytes)
        where TService : class =>
        services.AddGrpc().AddServiceOptions<TService>(service =>
        {
            service.MaxReceiveMessageSize = maxBytes;
            service.MaxSendMessageSize = maxBytes;
        });

    private static void AddHosted<TService>(IServiceCollection services)
        where TService : BackgroundService
    {
        services.AddSingleton<TService>();
        services.AddHostedService(provider => provider.GetRequiredService<TService>());
    }
}
