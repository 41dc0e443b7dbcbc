using System.Reflection;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Index;
using EnergyChain.Node.Network;
using EnergyChain.Node.Pool;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>energychain.v1.NodeService.</summary>
internal sealed class NodeRpc(
    IChain chain, ITransactionPool pool, IOptions<NodeApiOptions> options, IServiceProvider services)
    : Proto.NodeService.NodeServiceBase
{
    private static readonly string Version = typeof(NodeRpc).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    // Computed once: it hashes every genesis account.
    private readonly Lazy<string> _genesisHash = new(() => chain.Genesis.Hash.ToString());

    private readonly IPeerDirectory? _peers = services.GetService<IPeerDirectory>();
    private readonly NetworkMetrics? _network = services.GetService<NetworkMetrics>();
    private readonly ISiteStatus? _sites = services.GetService<ISiteStatus>();
    private readonly bool _indexed = services.GetService<HistoryIndex>() is not null;

    public override Task<Proto.NodeStatus> GetStatus(Proto.GetStatusRequest request, ServerCallContext context)
    {
        ChainHead head = chain.Head;
        Proto.NodeStatus status = new()
        {
            Version = Version,
            Role = options.Value.Role,
            NodeName = options.Value.NodeName,
            ChainId = chain.Genesis.ChainId.Value,
            GenesisHash = _genesisHash.Value,
            Height = head.Height.Value,
            HeadHash = head.Hash.ToString(),
            HeadTimeMs = head.Time.UnixMs,
            StateRoot = head.StateRoot.ToString(),
            Peers = (uint)(_peers?.Peers.Count(peer => peer.Connected) ?? 0),
            PoolTransactions = (uint)pool.Count,
            PoolBytes = (ulong)pool.Bytes,
            Syncing = _peers?.IsSyncing ?? false,
            BestKnownHeight = Math.Max(head.Height.Value, _peers?.BestKnownHeight.Value ?? 0),
            IndexEnabled = _indexed,
            CouncilSize = (uint)head.Council.Count,
            LinkBytesSent = (ulong)(_network?.SentBytes ?? 0),
        };
        status.SiteFaults.AddRange(Faults().Take(ApiLimits.MaxShownFaults));
        return Task.FromResult(status);
    }

    public override Task<Proto.ListPeersResponse> ListPeers(Proto.ListPeersRequest request, ServerCallContext context)
    {
        (int from, int to, string next) = ListPage.Of(request.PageToken, request.PageSize, _peers?.Peers.Count ?? 0);
        Proto.ListPeersResponse response = new() { NextPageToken = next };
        response.Peers.AddRange((_peers?.Peers ?? []).Take(from..to).Select(peer => new Proto.Peer
        {
            NodeKey = peer.Id.Key.ToString(),
            Endpoint = peer.Endpoint,
            Role = peer.Role,
            Height = peer.Height.Value,
            Connected = peer.Connected,
            Outbound = peer.Outbound,
            ConnectedSinceMs = peer.ConnectedSinceMs,
            Score = (uint)Math.Max(peer.Score, 0),
        }));
        return Task.FromResult(response);
    }

    public override Task<Proto.Parameters> GetParameters(Proto.GetParametersRequest request, ServerCallContext context)
    {
        ChainHead head = chain.Head;
        ChainParameters parameters = head.Parameters;
        Proto.Parameters message = new()
        {
            ChainId = parameters.ChainId.Value,
            BlockIntervalMs = parameters.BlockIntervalMs,
            BlockGasLimit = parameters.BlockGasLimit.Value,
            TransactionGasLimit = parameters.TransactionGasLimit.Value,
            GasPrice = parameters.GasPrice.ToString(),
            EpochBlocks = parameters.EpochBlocks,
            GenesisTimeMs = chain.Genesis.Time.UnixMs,
            GenesisHash = _genesisHash.Value,
            MaxTransactionBytes = Limits.MaxTransactionBytes,
            MaxValidityBlocks = Limits.MaxValidityBlocks,
            MaxNonceAhead = Limits.MaxNonceAhead,
        };
        message.Council.AddRange(head.Council.Members.Select(member => member.Address.ToString()));
        return Task.FromResult(message);
    }

    private IEnumerable<Proto.SiteFault> Faults() =>
        from site in _sites?.Sites ?? []
        from device in site.Devices
        where device.State is not (DeviceState.Ok or DeviceState.Starting)
        select new Proto.SiteFault
        {
            Site = site.Site,
            Device = device.Name,
            State = SiteRpc.NameOf(device.State),
            Reason = device.Reason,
            SinceMs = device.SinceMs,
        };
}
