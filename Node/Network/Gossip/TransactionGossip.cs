using System.Collections.Concurrent;
using System.Threading.Channels;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using EnergyChain.Node.Pool;
using Google.Protobuf;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>
/// Transactions out: gathered for a few milliseconds, then sent to every peer that is not known to have them.
/// Transactions in: verified by a bounded number of workers; while those are busy the peers are not read.
/// </summary>
internal sealed class TransactionGossip : BackgroundService
{
    private readonly LinkTable _links;
    private readonly MeshView _mesh;
    private readonly ITransactionPool _pool;
    private readonly NetworkOptions _options;
    private readonly NetworkMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<TransactionGossip> _logger;
    private readonly TransactionIntake _intake;
    private readonly Channel<OutgoingTransaction> _outgoing;
    private readonly ConcurrentDictionary<(Hash32 Id, Signature Signature), PeerId> _verifying = [];
    private readonly ConcurrentDictionary<PeerId, bool> _behind = [];

    public TransactionGossip(
        LinkTable links,
        MeshView mesh,
        ITransactionPool pool,
        TransactionIntake intake,
        NetworkOptions options,
        NetworkMetrics metrics,
        TimeProvider time,
        ILogger<TransactionGossip> logger)
    {
        _links = links;
        _mesh = mesh;
        _pool = pool;
        _intake = intake;
        _options = options;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _outgoing = Channel.CreateBounded<OutgoingTransaction>(
            new BoundedChannelOptions(Limits.MaxPoolTransactions) { SingleReader = true });
    }

    /// <summary>Takes a batch; waits where the workers are behind.</summary>
    public async ValueTask<DisconnectReason> ReceiveAsync(PeerLink link, TransactionBatch batch)
    {
        if (batch.Transactions.Count > Limits.MaxBatchTransactions)
        {
            return DisconnectReason.BadFrame;
        }

        await HoldUpAsync(link, batch.Transactions.Count);
        FromLink source = new(this, link);
        foreach (ByteString bytes in batch.Transactions)
        {
            if (bytes.Length > Limits.MaxTransactionBytes
                || !Transaction.TryDecode(bytes.Memory, out Transaction? transaction, out _))
            {
                return DisconnectReason.BadFrame;
            }

            link.Known.Add(transaction.Id);
            if (!_pool.TryGet(transaction.Id, out _)
                && _verifying.TryAdd((transaction.Id, transaction.Signature), link.Id))
            {
                await EnqueueAsync(link, transaction, source);
            }
        }

        return link.BadSignatures > _options.MaxBadSignatures
            ? DisconnectReason.BadTransactions
            : DisconnectReason.None;
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _pool.Admitted += OnAdmitted;
        _links.LinkUp += SendPool;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // The first that fails must be seen, and stop the node, while the others still run.
            await await Task.WhenAny(
                SendLoopAsync(stoppingToken), OfferAgainLoopAsync(stoppingToken), _intake.Failure);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            _pool.Admitted -= OnAdmitted;
            _links.LinkUp -= SendPool;
        }
    }

    private void OnAdmitted(Transaction transaction)
    {
        PeerId? origin =
            _verifying.TryGetValue((transaction.Id, transaction.Signature), out PeerId from) ? from : null;
        if (!_outgoing.Writer.TryWrite(new OutgoingTransaction(transaction, origin)))
        {
            foreach (PeerLink link in _links.All)
            {
                _behind[link.Id] = true;
            }

            _metrics.TransactionsDropped(1);
        }
    }

    // Who is neither of the council nor named is not read while more waits than the next blocks take, and for a while
    // after that evenly, not in a burst after each block: honest transactions would stand behind the burst.
    private async ValueTask HoldUpAsync(PeerLink link, int count)
    {
        if (link.Role == PeerRole.Consensus || _options.AllowedPeers?.Contains(link.Id.Key) == true)
        {
            return;
        }

        if (!_intake.IsOpenToStrangers)
        {
            _metrics.Throttled(ConnectionKind.Transactions);
            link.HeldUpAt = _time.GetTimestamp();
        }

        if (link.HeldUpAt is { } since && _time.GetElapsedTime(since).TotalMilliseconds < _options.AdmissionPacedMs)
        {
            await Task.Delay(_intake.ShareOfSecond(count), _time, link.Closing);
        }

        while (!_intake.IsOpenToStrangers)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(_options.AdmissionCheckMs), _time, link.Closing);
        }
    }

    // A link may end while the workers are behind: the transaction must stay welcome from other peers.
    private async ValueTask EnqueueAsync(PeerLink link, Transaction transaction, IIntakeSource source)
    {
        bool isQueued = false;
        try
        {
            await _intake.AddOfPeerAsync(transaction, source, link.Closing);
            isQueued = true;
        }
        finally
        {
            if (!isQueued)
            {
                Forget(transaction);
            }
        }
    }

    private void Forget(Transaction transaction) =>
        _verifying.TryRemove((transaction.Id, transaction.Signature), out _);

    private async Task SendLoopAsync(CancellationToken stoppingToken)
    {
        List<OutgoingTransaction> batch = [];
        while (await _outgoing.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(_options.BatchIntervalMs), _time, stoppingToken);
            batch.Clear();
            while (batch.Count < Limits.MaxBatchTransactions * 4
                && _outgoing.Reader.TryRead(out OutgoingTransaction next))
            {
                batch.Add(next);
            }

            ByteString[] packed = [.. batch.Select(each => Frames.Pack(each.Transaction))];
            foreach (PeerLink link in _links.All)
            {
                SendTo(link, batch, packed);
            }
        }
    }

    // A new peer may have missed what is waiting here, and this node may be the only one that has it.
    private void SendPool(PeerLink link)
    {
        IReadOnlyList<Transaction> waiting = _pool.Collect(
            new Gas(ulong.MaxValue), (int)Math.Min(_options.QueueBytes, int.MaxValue), Limits.MaxPoolTransactions);
        List<OutgoingTransaction> batch = [.. waiting.Select(each => new OutgoingTransaction(each, null))];
        SendTo(link, batch, [.. batch.Select(each => Frames.Pack(each.Transaction))]);
    }

    // What was dropped for want of room in a link's queue is offered again, as long as it waits in the pool.
    private async Task OfferAgainLoopAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(_options.OfferAgainMs), _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (PeerId peer in _behind.Keys)
            {
                if (_behind.TryRemove(peer, out _) && _links.TryGet(peer, out PeerLink? link))
                {
                    SendPool(link);
                }
            }
        }
    }

    private void SendTo(PeerLink link, List<OutgoingTransaction> transactions, ByteString[] packed)
    {
        TransactionBatch batch = new();
        List<Hash32> ids = [];
        int bytes = 0;
        for (int i = 0; i < transactions.Count; i++)
        {
            Hash32 id = transactions[i].Transaction.Id;
            if ((transactions[i].Origin is { } origin && _mesh.Hears(link, origin)) || link.Known.Contains(id))
            {
                continue;
            }

            if (batch.Transactions.Count > 0
                && (bytes + packed[i].Length > _options.BatchBytes
                    || batch.Transactions.Count == Limits.MaxBatchTransactions))
            {
                Send(link, batch, ids);
                batch = new TransactionBatch();
                ids.Clear();
                bytes = 0;
            }

            batch.Transactions.Add(packed[i]);
            ids.Add(id);
            bytes += packed[i].Length;
        }

        if (batch.Transactions.Count > 0)
        {
            Send(link, batch, ids);
        }
    }

    private void Send(PeerLink link, TransactionBatch batch, List<Hash32> ids)
    {
        if (!link.SendTransactions(new Frame { Transactions = batch }))
        {
            _behind[link.Id] = true;
            _metrics.TransactionsDropped(batch.Transactions.Count);
            return;
        }

        foreach (Hash32 id in ids)
        {
            link.Known.Add(id);
        }
    }

    private sealed class FromLink(TransactionGossip gossip, PeerLink link) : IIntakeSource
    {
        public void OnDecided(Transaction transaction, TransactionRefusal refusal)
        {
            gossip.Forget(transaction);
            if (refusal is not (TransactionRefusal.None or TransactionRefusal.AlreadyKnown))
            {
                link.OnRefused(refusal);
                gossip._metrics.TransactionRefused(refusal);
            }
        }

        public void OnFailed(Transaction transaction, Exception failure)
        {
            gossip.Forget(transaction);
            gossip._logger.TransactionFailed(transaction.Id, link.Id, failure);
        }
    }
}
