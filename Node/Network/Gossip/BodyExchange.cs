using System.Collections.Concurrent;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Telemetry;
using Google.Protobuf;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>Bodies of a proposal's transactions that the pool lacks: asked from one peer after the other.</summary>
internal sealed class BodyExchange(
    LinkTable links,
    ReplyTable replies,
    IChain chain,
    ITransactionPool pool,
    ConsensusPort consensus,
    NetworkOptions options,
    NetworkMetrics metrics,
    ILogger<BodyExchange> logger) : IDisposable
{
    // An answer ends before the body that would go beyond its limit.
    private const int FullAnswerBytes = Limits.MaxBodyBytes - Limits.MaxTransactionBytes;

    private readonly ConcurrentDictionary<Hash32, bool> _underWay = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Starts to fetch; a block that is being fetched already, or one too many, is not started.</summary>
    public void Request(PeerId? preferred, Hash32 blockHash, IReadOnlyList<Hash32> transactionIds)
    {
        if (_underWay.Count >= options.MaxBodyRequests)
        {
            metrics.BodyRequestDropped();
        }
        else if (_underWay.TryAdd(blockHash, true))
        {
            _ = Task.Run(() => FetchAsync(preferred, blockHash, [.. transactionIds]));
        }
    }

    public DisconnectReason Serve(PeerLink link, BodyRequest request)
    {
        if (request.Ids.Count > Limits.MaxBodyRequestIds)
        {
            return DisconnectReason.BadFrame;
        }

        BodyReply reply = new() { RequestId = request.RequestId };
        int bytes = 0;
        foreach (ByteString packed in request.Ids)
        {
            if (!Frames.TryUnpack(packed, out Hash32 id))
            {
                return DisconnectReason.BadFrame;
            }

            if (TryFind(id, out Transaction? transaction))
            {
                bytes += transaction!.EncodedLength;
                if (reply.Transactions.Count > 0 && bytes > Limits.MaxBodyBytes)
                {
                    break;
                }

                reply.Transactions.Add(Frames.Pack(transaction));
            }
        }

        link.SendBulk(new Frame { BodyReply = reply });
        return DisconnectReason.None;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private bool TryFind(Hash32 id, out Transaction? transaction)
    {
        if (!pool.TryGet(id, out transaction)
            && consensus.Host?.TryGetBody(id, out transaction) is not true
            && chain.TryFindTransaction(id, out TransactionLocation location)
            && chain.TryGetBlock(location.Height, out CommittedBlock? block))
        {
            transaction = block.Block.Transactions[location.Index];
        }

        return transaction is not null;
    }

    private async Task FetchAsync(PeerId? preferred, Hash32 blockHash, List<Hash32> missing)
    {
        try
        {
            PeerLink[] candidates = [.. links.All
                .OrderByDescending(link => link.Id == preferred)
                .ThenByDescending(link => link.Role == PeerRole.Consensus)];
            int attempt = 0;
            long bytes = 0;
            while (missing.Count > 0
                && bytes <= Limits.MaxBlockBytes
                && attempt < options.BodyAttempts
                && candidates.Length > 0)
            {
                // Only who sends as much as an answer holds is asked on: one body at a time must not hold us up.
                int asked = Math.Min(missing.Count, Limits.MaxBodyRequestIds);
                int before = missing.Count;
                int received = await AskAsync(candidates[attempt % candidates.Length], missing, _stopping.Token);
                bytes += received;
                bool full = before - missing.Count == asked || received >= FullAnswerBytes;
                attempt += full ? 0 : 1;
            }

            if (missing.Count > 0)
            {
                logger.BodiesMissing(blockHash, missing.Count);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException)
        {
        }
        finally
        {
            _underWay.TryRemove(blockHash, out _);
        }
    }

    /// <summary>Asks one peer, takes what it sends out of the missing, and gives the bytes of it.</summary>
    private async Task<int> AskAsync(PeerLink link, List<Hash32> missing, CancellationToken cancellationToken)
    {
        List<Hash32> asked = missing[..Math.Min(missing.Count, Limits.MaxBodyRequestIds)];
        BodyRequest request = new();
        request.Ids.AddRange(asked.Select(Frames.Pack));
        Frame? answer = await replies.AskAsync(
            link,
            id =>
            {
                request.RequestId = id;
                return new Frame { BodyRequest = request };
            },
            TimeSpan.FromMilliseconds(options.BodyTimeoutMs),
            cancellationToken);
        if (answer?.BodyReply is not { } reply)
        {
            return 0;
        }

        List<Transaction>? bodies = Decode(link, reply, [.. asked]);
        if (bodies is null)
        {
            link.Close(DisconnectReason.BadFrame);
            return 0;
        }

        bool[] sound = new bool[bodies.Count];
        ParallelOptions bounded = new()
        {
            MaxDegreeOfParallelism = options.VerifyConcurrency,
            CancellationToken = cancellationToken,
        };
        Parallel.For(0, bodies.Count, bounded, index => sound[index] = IsSound(link, bodies[index]));
        List<Transaction> usable = [.. bodies.Where((_, index) => sound[index])];
        missing.RemoveAll(new HashSet<Hash32>(usable.Select(body => body.Id)).Contains);
        if (usable.Count > 0)
        {
            consensus.Host?.DeliverTransactions(link.Id, usable);
        }

        return usable.Sum(body => body.EncodedLength);
    }

    // Null where the answer holds what was not asked for, or no transactions at all.
    private static List<Transaction>? Decode(PeerLink link, BodyReply reply, HashSet<Hash32> asked)
    {
        List<Transaction> bodies = [];
        foreach (ByteString bytes in reply.Transactions)
        {
            if (!Transaction.TryDecode(bytes.Memory, out Transaction? transaction, out _)
                || !asked.Remove(transaction.Id))
            {
                return null;
            }

            link.Known.Add(transaction.Id);
            bodies.Add(transaction);
        }

        return bodies;
    }

    // A body that the pool has no place for may still be of use to the proposal, if its signatures hold.
    private bool IsSound(PeerLink link, Transaction transaction)
    {
        using CpuTime.Span stage = CpuTime.Enter(CpuStage.Verify);
        TransactionRefusal refusal = pool.Add(transaction);
        bool sound = refusal is TransactionRefusal.None
            || pool.IsVerified(transaction)
            || (refusal != TransactionRefusal.BadSignature && transaction.SignaturesHold());
        if (!sound)
        {
            link.OnRefused(TransactionRefusal.BadSignature);
        }

        return sound;
    }
}
