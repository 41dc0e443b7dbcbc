using System.Net;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Wire;

namespace EnergyChain.Node.Network.Links;

/// <summary>
/// A link to a peer that has proven its identity: two connections that live and end together. Thread-safe.
/// </summary>
internal sealed class PeerLink
{
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private ulong _height;
    private ulong _claimed;
    private long _lastReceived;
    private int _reason;
    private int _attachments;
    private long _refused;
    private long _badSignatures;
    private long _bytesIn;
    private long _bytesOut;
    private volatile Status _status = new();
    private volatile bool _isSuspect;

    public PeerLink(
        HandshakeHello peer, Hash32 linkId, string address, bool outgoing, NetworkOptions options, TimeProvider time)
    {
        Id = new PeerId(peer.NodeKey);
        Role = peer.Role;
        ListenAddress = peer.ListenAddress;
        LinkId = linkId;
        Address = address;
        Outgoing = outgoing;
        ConnectedSince = time.GetUtcNow();
        _time = time;
        _height = peer.Head.Value;
        _claimed = peer.Head.Value;
        _lastReceived = time.GetTimestamp();
        Main = new OutgoingQueue(
            new QueueLane(options.UrgentQueueFrames, options.QueueBytes, FullMode.DropOldest),
            new QueueLane(options.BulkQueueFrames, options.QueueBytes, FullMode.DropNewest));
        Transactions = new OutgoingQueue(
            new QueueLane(1, Limits.MaxTransactionFrameBytes, FullMode.DropOldest),
            new QueueLane(options.TransactionQueueFrames, options.QueueBytes, FullMode.DropNewest));
    }

    public PeerId Id { get; }

    /// <summary>Where it comes from; null where nobody knows.</summary>
    public IPAddress? Host { get; init; }

    /// <summary>Called once with the reason, before the peer is told of it.</summary>
    public Action<PeerLink, DisconnectReason>? OnClosing { get; init; }

    /// <summary>A member of the council whose score is over the limit: it is read more slowly.</summary>
    public bool IsSuspect
    {
        get => _isSuspect;
        set => _isSuspect = value;
    }

    /// <summary>
    /// When its transactions last had to wait; null for never. For the one reader of its transactions.
    /// </summary>
    public long? HeldUpAt { get; set; }

    public PeerRole Role { get; }

    public string Address { get; }

    public string ListenAddress { get; }

    public bool Outgoing { get; }

    /// <summary>Hash of both hellos of the main connection; the transaction connection has to name it.</summary>
    public Hash32 LinkId { get; }

    public DateTimeOffset ConnectedSince { get; }

    public OutgoingQueue Main { get; }

    public OutgoingQueue Transactions { get; }

    /// <summary>Transactions that the peer has sent or was sent.</summary>
    public KnownSet Known { get; } = new(Limits.MaxKnownPerPeer);

    /// <summary>Cancelled when the link ends.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Completes when the transaction connection is there as well.</summary>
    public Task Attached => _attached.Task;

    /// <summary>Why it ended; none while it lives.</summary>
    public DisconnectReason Reason => (DisconnectReason)Volatile.Read(ref _reason);

    public Height Height => new(Volatile.Read(ref _height));

    /// <summary>Its head by its own last word, which unlike <see cref="Height"/> may fall.</summary>
    public Height Claimed => new(Volatile.Read(ref _claimed));

    public TimeSpan SilentFor => _time.GetElapsedTime(Volatile.Read(ref _lastReceived));

    /// <summary>The peer's last word on where it is.</summary>
    public Status Status => _status;

    public long BadSignatures => Interlocked.Read(ref _badSignatures);

    public PeerSummary Summary => new(
        Id,
        Address,
        Role == PeerRole.Consensus ? "consensus" : "relay",
        Height,
        Connected: Reason == DisconnectReason.None,
        Outgoing,
        (ulong)ConnectedSince.ToUnixTimeMilliseconds(),
        Interlocked.Read(ref _bytesIn),
        Interlocked.Read(ref _bytesOut),
        Main.Dropped + Transactions.Dropped,
        Interlocked.Read(ref _refused));

    public void SendUrgent(Frame frame) => Main.TryAdd(frame, isUrgent: true);

    public bool SendBulk(Frame frame) => Main.TryAdd(frame, isUrgent: false);

    public bool SendTransactions(Frame frame) => Transactions.TryAdd(frame, isUrgent: false);

    public void OnReceived(int bytes)
    {
        Interlocked.Add(ref _bytesIn, bytes);
        Volatile.Write(ref _lastReceived, _time.GetTimestamp());
    }

    public void OnSent(int bytes) => Interlocked.Add(ref _bytesOut, bytes);

    public void OnStatus(Status status)
    {
        _status = status;
        OnHeight(new Height(status.Height));
        Volatile.Write(ref _claimed, status.Height);
    }

    /// <summary>The peer is known to have this block. What it once had it has: heights only rise.</summary>
    public void OnHeight(Height height)
    {
        if (height.Value > Volatile.Read(ref _claimed))
        {
            Volatile.Write(ref _claimed, height.Value);
        }

        ulong known = Volatile.Read(ref _height);
        while (height.Value > known)
        {
            ulong before = Interlocked.CompareExchange(ref _height, height.Value, known);
            if (before == known)
            {
                return;
            }

            known = before;
        }
    }

    public void OnRefused(TransactionRefusal refusal)
    {
        Interlocked.Increment(ref _refused);
        if (refusal == TransactionRefusal.BadSignature)
        {
            Interlocked.Increment(ref _badSignatures);
        }
    }

    /// <summary>False where the transaction connection was attached before.</summary>
    public bool TryAttach()
    {
        bool first = Interlocked.Exchange(ref _attachments, 1) == 0;
        if (first)
        {
            _attached.TrySetResult();
        }

        return first;
    }

    /// <summary>Ends both connections; the peer is told. The first reason stays.</summary>
    public void Close(DisconnectReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, 0) != 0)
        {
            return;
        }

        OnClosing?.Invoke(this, reason);
        Main.Complete(Frames.Goodbye(reason));
        Transactions.Complete(null);
        _closing.Cancel();
    }
}
