using System.Diagnostics.Metrics;
using EnergyChain.Core.Chain;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Secure;

namespace EnergyChain.Node.Network;

/// <summary>The meters of the network room. Counters count from the start of the process.</summary>
internal sealed class NetworkMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "EnergyChain.Network";

    private readonly UpDownCounter<int> _links;
    private readonly Counter<long> _bytesIn;
    private readonly Counter<long> _bytesOut;
    private readonly Counter<long> _throttled;
    private readonly Counter<long> _refusedHandshakes;
    private readonly Counter<long> _refusedConnections;
    private readonly Counter<long> _bans;
    private readonly Counter<long> _failedFrames;
    private readonly Counter<long> _endedLinks;
    private readonly Counter<long> _refusedTransactions;
    private readonly Counter<long> _droppedAnnouncements;
    private readonly Counter<long> _forwarded;
    private readonly Counter<long> _syncedBlocks;
    private readonly Counter<long> _syncFaults;
    private readonly Counter<long> _droppedBodyRequests;
    private readonly Counter<long> _offences;
    private long _sentBytes;

    public NetworkMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _links = meter.CreateUpDownCounter<int>("energychain.network.links", "{link}");
        _bytesIn = meter.CreateCounter<long>("energychain.network.received", "By");
        _bytesOut = meter.CreateCounter<long>("energychain.network.sent", "By");
        _throttled = meter.CreateCounter<long>("energychain.network.throttled", "{pause}");
        _refusedHandshakes = meter.CreateCounter<long>("energychain.network.handshakes.refused", "{handshake}");
        _refusedConnections = meter.CreateCounter<long>("energychain.network.connections.refused", "{connection}");
        _bans = meter.CreateCounter<long>("energychain.network.bans", "{ban}");
        _failedFrames = meter.CreateCounter<long>("energychain.network.frames.failed", "{frame}");
        _endedLinks = meter.CreateCounter<long>("energychain.network.links.ended", "{link}");
        _refusedTransactions = meter.CreateCounter<long>("energychain.network.transactions.refused", "{transaction}");
        _droppedAnnouncements = meter.CreateCounter<long>("energychain.network.transactions.dropped", "{transaction}");
        _forwarded = meter.CreateCounter<long>("energychain.network.consensus.forwarded", "{message}");
        _syncedBlocks = meter.CreateCounter<long>("energychain.network.sync.blocks", "{block}");
        _syncFaults = meter.CreateCounter<long>("energychain.network.sync.faults", "{fault}");
        _offences = meter.CreateCounter<long>("energychain.network.offences", "{offence}");
        _droppedBodyRequests = meter.CreateCounter<long>("energychain.network.bodies.dropped", "{request}");
    }

    /// <summary>Bytes sent over all links since the start, before TLS.</summary>
    public long SentBytes => Volatile.Read(ref _sentBytes);

    public void Received(ConnectionKind kind, int bytes) => _bytesIn.Add(bytes, Tag("connection", kind));

    public void Sent(ConnectionKind kind, int bytes)
    {
        Interlocked.Add(ref _sentBytes, bytes);
        _bytesOut.Add(bytes, Tag("connection", kind));
    }

    public void Throttled(ConnectionKind kind) => _throttled.Add(1, Tag("connection", kind));

    public void LinkUp() => _links.Add(1);

    public void LinkDown(DisconnectReason reason)
    {
        _links.Add(-1);
        _endedLinks.Add(1, Tag("reason", reason));
    }

    public void HandshakeRefused(DisconnectReason reason) => _refusedHandshakes.Add(1, Tag("reason", reason));

    public void ConnectionRefused(GateRefusal refusal) => _refusedConnections.Add(1, Tag("reason", refusal));

    public void BanMade() => _bans.Add(1);

    /// <summary>A frame that this node's own code failed on: never an honest figure other than 0.</summary>
    public void FrameFailed(ConnectionKind kind) => _failedFrames.Add(1, Tag("connection", kind));

    public void TransactionRefused(TransactionRefusal refusal) => _refusedTransactions.Add(1, Tag("reason", refusal));

    public void TransactionsDropped(int count) => _droppedAnnouncements.Add(count);

    public void Forwarded() => _forwarded.Add(1);

    public void BlocksSynced(int count) => _syncedBlocks.Add(count);

    public void SyncFault() => _syncFaults.Add(1);

    public void Offended(PeerOffence offence) => _offences.Add(1, Tag("offence", offence));

    public void BodyRequestDropped() => _droppedBodyRequests.Add(1);

    private static KeyValuePair<string, object?> Tag<T>(string name, T value)
        where T : struct, Enum => new(name, value.ToString());
}
