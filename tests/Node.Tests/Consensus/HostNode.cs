using System.Diagnostics.Metrics;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Network;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EnergyChain.Node.Tests.Consensus;

/// <summary>One validator: chain and journal survive its death, pool and host do not.</summary>
internal sealed class HostNode(HostCluster cluster, int index, int size, int members) : IConsensusNetwork
{
    private IDisposable? _observation;

    public int Index { get; } = index;

    public FakeChain Chain { get; private set; } = NewChain(cluster, size, members);

    public MemoryJournal Journal { get; } = new();

    public NodeClock Clock { get; } = new(cluster.Time);

    public LogCapture Log { get; } = new();

    public SigningKey Key => Chain.CouncilKey(Index);

    public PeerId Peer => new(Key.PublicKey);

    public TransactionPool? Pool { get; private set; }

    public ConsensusHost? Host { get; private set; }

    public bool IsUp => Host is not null;

    public List<CommittedBlock> Announced { get; } = [];

    public int BodyRequests { get; private set; }

    public List<(PeerId Peer, PeerOffence Offence)> Offences { get; } = [];

    public void Start()
    {
        IMeterFactory meters = new ServiceCollection().AddMetrics().BuildServiceProvider()
            .GetRequiredService<IMeterFactory>();
        Pool = new TransactionPool(Chain);
        _observation = Chain.Observe(Pool);
        Host = new ConsensusHost(
            Chain,
            Pool,
            this,
            Journal,
            Key,
            Clock,
            new ConsensusMetrics(meters),
            LoggerFactory.Create(logging => logging.AddProvider(Log)).CreateLogger<ConsensusHost>());
        Host.Begin();
    }

    /// <summary>As kill -9 does: what was not journalled or committed is gone.</summary>
    public void Kill()
    {
        _observation?.Dispose();
        Host?.Dispose();
        Host = null;
        Pool = null;
    }

    /// <summary>The block log of a node that is down is lost, its journal is not.</summary>
    public void LoseChain() => Chain = NewChain(cluster, size, members);

    /// <summary>As sync does.</summary>
    public void SyncFrom(HostNode peer)
    {
        while (peer.Chain.TryGetBlock(Chain.Head.Height.Next, out CommittedBlock? block))
        {
            Chain.Commit(block);
        }

        Host?.ChainAdvanced();
    }

    public void Broadcast(ConsensusMessage message) => cluster.Broadcast(this, message);

    public void Send(PeerId peer, ConsensusMessage message) =>
        cluster.Send(this, cluster.Nodes.First(node => node.Peer == peer), message);

    public void RequestTransactions(PeerId? preferred, Hash32 blockHash, IReadOnlyList<Hash32> transactionIds)
    {
        BodyRequests++;
        foreach (HostNode peer in cluster.Nodes.Where(node => node != this && node.IsUp))
        {
            Transaction[] found = [.. transactionIds
                .Select(id => peer.Pool!.TryGet(id, out Transaction? transaction)
                    || peer.Host!.TryGetBody(id, out transaction) ? transaction : null)
                .OfType<Transaction>()];
            if (found.Length > 0)
            {
                cluster.Later(peer, this, () => Host?.DeliverTransactions(peer.Peer, found));
            }
        }
    }

    public void Misbehaved(PeerId peer, PeerOffence offence) => Offences.Add((peer, offence));

    public void AnnounceBlock(CommittedBlock block) => Announced.Add(block);

    private static FakeChain NewChain(HostCluster cluster, int size, int members) => new(size, members: members)
    {
        Govern = (block, terms) => cluster.Govern(block, terms),
    };
}
