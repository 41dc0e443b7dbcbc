using System.Net;
using EnergyChain.Core;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Network.Sync;

namespace EnergyChain.Node.Network;

/// <summary>
/// How a node links to its peers. Times are in milliseconds. <see cref="Problems"/> names every value that is out of
/// range; the network does not start with one.
/// </summary>
public sealed class NetworkOptions
{
    /// <summary>Peers to keep a link to: <c>host:port</c>, or <c>0xNODEKEY@host:port</c> for that key only.</summary>
    public IReadOnlyList<string> StaticPeers { get; set; } = [];

    /// <summary>Where other nodes can dial this one, host:port; empty where they cannot.</summary>
    public string AdvertisedAddress { get; set; } = "";

    /// <summary>Links at most; council members are let in beyond it.</summary>
    public int MaxLinks { get; set; } = 64;

    /// <summary>
    /// Connections over which no node key is proven yet; the oldest of whoever has most gives way to a new one.
    /// </summary>
    public int MaxPendingHandshakes { get; set; } = 256;

    /// <summary>Of those, from one host (an IPv4 address, an IPv6 /64).</summary>
    public int MaxPendingPerHost { get; set; } = 16;

    /// <summary>Connections from one host, two a link; more are refused before TLS.</summary>
    public int MaxConnectionsPerHost { get; set; } = 64;

    /// <summary>
    /// Whether loopback addresses are free of the limits and bans of hosts: many nodes of a local network share one.
    /// </summary>
    public bool ExemptLoopback { get; set; } = true;

    /// <summary>Links that a relay tries to keep, dialing addresses that other relays told it.</summary>
    public int TargetRelayLinks { get; set; } = 8;

    /// <summary>Peers that may dial this node beside the council; null for anyone.</summary>
    public IReadOnlySet<PublicKey>? AllowedPeers { get; set; }

    /// <summary>How long the first ban of a peer lasts; each further one twice as long, up to a day.</summary>
    public int BanMs { get; set; } = 600_000;

    /// <summary>The folder of bans and addresses; empty for memory only.</summary>
    public string StateFolder { get; set; } = "";

    /// <summary>How often relays tell each other addresses.</summary>
    public int AddressIntervalMs { get; set; } = 60_000;

    public int ConnectTimeoutMs { get; set; } = 3_000;

    public int HandshakeTimeoutMs { get; set; } = 5_000;

    /// <summary>How long TLS may take before the handshake begins.</summary>
    public int TlsTimeoutMs { get; set; } = 5_000;

    /// <summary>The pause after the first failed dial; it doubles up to <see cref="MaxRetryMs"/>.</summary>
    public int FirstRetryMs { get; set; } = 100;

    public int MaxRetryMs { get; set; } = 2_000;

    /// <summary>The pause after a refusal that only an operator can mend, as a wrong genesis.</summary>
    public int RefusedRetryMs { get; set; } = 30_000;

    /// <summary>How often a peer is told where we are when nothing else is sent.</summary>
    public int StatusIntervalMs { get; set; } = 1_000;

    /// <summary>A link on which nothing was received for this long is ended.</summary>
    public int SilenceTimeoutMs { get; set; } = 10_000;

    /// <summary>A link on which one frame takes longer than this to send is ended.</summary>
    public int SlowReaderTimeoutMs { get; set; } = 10_000;

    /// <summary>Frames of consensus waiting for one peer; the oldest is dropped first.</summary>
    public int UrgentQueueFrames { get; set; } = 4_096;

    /// <summary>Frames of blocks and bodies waiting for one peer; a new one is dropped when full.</summary>
    public int BulkQueueFrames { get; set; } = 64;

    /// <summary>Batches of transactions waiting for one peer; a new one is dropped when full.</summary>
    public int TransactionQueueFrames { get; set; } = 256;

    /// <summary>Bytes that may wait for one peer in each of those queues.</summary>
    public long QueueBytes { get; set; } = 24 * 1024 * 1024;

    /// <summary>Frames a second read from one peer's main connection; a faster one is read later.</summary>
    public int MainFramesPerSecond { get; set; } = 4_000;

    /// <summary>Bytes a second read from one peer's main connection.</summary>
    public long MainBytesPerSecond { get; set; } = 64 * 1024 * 1024;

    /// <summary>Frames a second read from one peer's transaction connection.</summary>
    public int TransactionFramesPerSecond { get; set; } = 500;

    /// <summary>Bytes a second read from one peer's transaction connection.</summary>
    public long TransactionBytesPerSecond { get; set; } = 8 * 1024 * 1024;

    /// <summary>How long admitted transactions are gathered into one batch.</summary>
    public int BatchIntervalMs { get; set; } = 40;

    /// <summary>How often a peer whose queue was full is offered again what waits in the pool.</summary>
    public int OfferAgainMs { get; set; } = 5_000;

    /// <summary>Bytes of one batch, unless its only transaction is larger.</summary>
    public int BatchBytes { get; set; } = 256 * 1024;

    /// <summary>Transactions from peers that are verified at a time.</summary>
    public int VerifyConcurrency { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 16);

    /// <summary>How often a stranger's link that waits for the pool to empty looks again.</summary>
    public int AdmissionCheckMs { get; set; } = 20;

    /// <summary>So long after its transactions had to wait a stranger is read evenly.</summary>
    public int AdmissionPacedMs { get; set; } = 3_000;

    /// <summary>Transactions from peers that wait to be verified; peers are read no further when full.</summary>
    public int VerifyQueue { get; set; } = 8_192;

    /// <summary>Transactions with bad signatures after which a link is ended.</summary>
    public int MaxBadSignatures { get; set; } = 64;

    /// <summary>
    /// Ranges that are asked for at a time, of all peers together; twice as many are held until they are committed.
    /// </summary>
    public int SyncRequests { get; set; } = 8;

    /// <summary>Range requests under way to one peer.</summary>
    public int SyncRequestsPerPeer { get; set; } = 2;

    /// <summary>Blocks in one range request.</summary>
    public int SyncRangeBlocks { get; set; } = 64;

    /// <summary>
    /// How long a peer has to answer for a range. Long before, where others have been faster, another is asked too.
    /// </summary>
    public int RangeTimeoutMs { get; set; } = 5_000;

    /// <summary>How long a node waits for the block that its peers have one more of, before it asks for it.</summary>
    public int SyncGraceMs { get; set; } = 500;

    /// <summary>
    /// How long a peer that failed a range request is asked for no other; it doubles with every one in a row.
    /// </summary>
    public int SyncPenaltyMs { get; set; } = 15_000;

    /// <summary>Whether blocks are fetched at all; not while the node joins by a snapshot.</summary>
    public bool FetchesBlocks { get; set; } = true;

    /// <summary>A block of which no other may stand in its place, whoever certified it.</summary>
    public TrustedBlock Trusted { get; set; }

    /// <summary>
    /// Bytes a second of snapshots that are served, to all together; who asks for more is told to wait.
    /// </summary>
    public long SnapshotBytesPerSecond { get; set; } = 32 * 1024 * 1024;

    /// <summary>Blocks over this size are announced by height and hash only.</summary>
    public int MaxAnnouncedBlockBytes { get; set; } = 1024 * 1024;

    /// <summary>How long a peer has to send bodies before another is asked.</summary>
    public int BodyTimeoutMs { get; set; } = 300;

    /// <summary>Peers that are asked for the same bodies in turn.</summary>
    public int BodyAttempts { get; set; } = 6;

    /// <summary>Body requests under way at a time; more are dropped and counted.</summary>
    public int MaxBodyRequests { get; set; } = 32;

    /// <summary>Whether limits and bans of hosts do not count for an address.</summary>
    public bool IsExempt(IPAddress address) => ExemptLoopback && IPAddress.IsLoopback(address);

    /// <summary>Every option that is out of range: its name, its value and what is allowed.</summary>
    public IEnumerable<string> Problems()
    {
        foreach ((string name, long value, long least, long most) in Ranges())
        {
            if (value < least || value > most)
            {
                yield return $"{name} is {value}; allowed is {least} to {most}.";
            }
        }

        foreach (string peer in StaticPeers)
        {
            if (!PeerAddress.TryParse(peer, out _))
            {
                yield return $"{nameof(StaticPeers)} has \"{peer}\"; allowed is host:port or 0xNODEKEY@host:port.";
            }
        }

        if (AdvertisedAddress.Length > 0 && !PeerAddress.TryParse(AdvertisedAddress, out _))
        {
            yield return $"{nameof(AdvertisedAddress)} is \"{AdvertisedAddress}\"; allowed is host:port or nothing.";
        }
    }

    private IEnumerable<(string Name, long Value, long Least, long Most)> Ranges() =>
    [
        (nameof(MaxLinks), MaxLinks, 1, 1_024),
        (nameof(MaxPendingHandshakes), MaxPendingHandshakes, 1, 1_024),
        (nameof(MaxPendingPerHost), MaxPendingPerHost, 1, 1_024),
        (nameof(MaxConnectionsPerHost), MaxConnectionsPerHost, 2, 4_096),
        (nameof(TargetRelayLinks), TargetRelayLinks, 0, 256),
        (nameof(BanMs), BanMs, 1, 86_400_000),
        (nameof(AddressIntervalMs), AddressIntervalMs, 10, 86_400_000),
        (nameof(ConnectTimeoutMs), ConnectTimeoutMs, 10, 60_000),
        (nameof(HandshakeTimeoutMs), HandshakeTimeoutMs, 10, 60_000),
        (nameof(TlsTimeoutMs), TlsTimeoutMs, 10, 60_000),
        (nameof(FirstRetryMs), FirstRetryMs, 1, 60_000),
        (nameof(MaxRetryMs), MaxRetryMs, FirstRetryMs, 600_000),
        (nameof(RefusedRetryMs), RefusedRetryMs, 1, 3_600_000),
        (nameof(StatusIntervalMs), StatusIntervalMs, 10, 60_000),
        (nameof(SilenceTimeoutMs), SilenceTimeoutMs, StatusIntervalMs * 2L, 600_000),
        (nameof(SlowReaderTimeoutMs), SlowReaderTimeoutMs, 10, 600_000),
        (nameof(UrgentQueueFrames), UrgentQueueFrames, 1, 65_536),
        (nameof(BulkQueueFrames), BulkQueueFrames, 1, 4_096),
        (nameof(TransactionQueueFrames), TransactionQueueFrames, 1, 4_096),
        (nameof(QueueBytes), QueueBytes, 1, 1L << 30),
        (nameof(MainFramesPerSecond), MainFramesPerSecond, 10, 1_000_000),
        (nameof(MainBytesPerSecond), MainBytesPerSecond, 1024 * 1024, 1L << 34),
        (nameof(TransactionFramesPerSecond), TransactionFramesPerSecond, 10, 1_000_000),
        (nameof(TransactionBytesPerSecond), TransactionBytesPerSecond, Limits.MaxTransactionFrameBytes, 1L << 34),
        (nameof(BatchIntervalMs), BatchIntervalMs, 1, 1_000),
        (nameof(OfferAgainMs), OfferAgainMs, 10, 600_000),
        (nameof(BatchBytes), BatchBytes, 1, Limits.MaxTransactionFrameBytes - Limits.MaxTransactionBytes),
        (nameof(VerifyConcurrency), VerifyConcurrency, 1, 256),
        (nameof(VerifyQueue), VerifyQueue, 1, Limits.MaxPoolTransactions),
        (nameof(MaxBadSignatures), MaxBadSignatures, 0, 1_000_000),
        (nameof(SyncRequests), SyncRequests, 1, 16),
        (nameof(SyncRequestsPerPeer), SyncRequestsPerPeer, 1, 8),
        (nameof(SyncRangeBlocks), SyncRangeBlocks, 1, Limits.MaxRangeBlocks),
        (nameof(RangeTimeoutMs), RangeTimeoutMs, 10, 600_000),
        (nameof(SyncGraceMs), SyncGraceMs, 1, 60_000),
        (nameof(SyncPenaltyMs), SyncPenaltyMs, 0, 3_600_000),
        (nameof(SnapshotBytesPerSecond), SnapshotBytesPerSecond, Limits.MaxSnapshotChunkBytes, 1L << 34),
        (nameof(MaxAnnouncedBlockBytes), MaxAnnouncedBlockBytes, 0, Limits.MaxBlockBytes),
        (nameof(BodyTimeoutMs), BodyTimeoutMs, 10, 60_000),
        (nameof(BodyAttempts), BodyAttempts, 1, 128),
        (nameof(MaxBodyRequests), MaxBodyRequests, 1, 1_024),
    ];
}
