using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;

namespace EnergyChain.Node.Site;

/// <summary>
/// Signs transactions with the next nonce, hands them to this node's pool and follows them into a block. What waits is
/// bounded; the time from submission to commit is kept. Thread-safe.
/// </summary>
public sealed class TransactionSender : IChainObserver, IDisposable
{
    /// <summary>Transactions that may wait for a block at once; more are refused as <c>SenderPoolFull</c>.</summary>
    public const int MaxPending = 256;

    /// <summary>Blocks after which a transaction that is in none has expired.</summary>
    public const ulong ValidityBlocks = 30;

    private const int MaxSamples = 100_000;
    private const int NonceAttempts = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<Hash32, Waiting> _waiting = [];
    private readonly List<double> _finalityMs = [];
    private readonly IChain _chain;
    private readonly ITransactionPool _pool;
    private readonly TimeProvider _time;
    private readonly IDisposable _observation;

    public TransactionSender(IChain chain, ITransactionPool pool, TimeProvider time)
    {
        _chain = chain;
        _pool = pool;
        _time = time;
        _observation = chain.Observe(this);
    }

    /// <summary>Times from submission to commit at this node in ms, oldest first.</summary>
    public IReadOnlyList<double> FinalityMs
    {
        get
        {
            lock (_lock)
            {
                return [.. _finalityMs];
            }
        }
    }

    /// <summary>Transactions that wait for a block.</summary>
    public int PendingCount
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>
    /// Signs and submits; completes when it is in a block, was refused, or expired. Continuations do not run on the
    /// committing thread.
    /// </summary>
    public Task<SentTransaction> SendAsync(TransactionDraft draft)
    {
        lock (_lock)
        {
            if (_waiting.Count >= MaxPending)
            {
                return Task.FromResult(new SentTransaction(draft.Purpose, TransactionRefusal.SenderPoolFull, null));
            }

            TransactionRefusal refusal = TransactionRefusal.None;
            for (int attempt = 0; attempt < NonceAttempts; attempt++)
            {
                Transaction transaction = Sign(draft);
                Waiting waiting = new(draft.Purpose, transaction.Body.ValidUntil, _time.GetTimestamp());
                _waiting[transaction.Id] = waiting;
                refusal = _pool.Add(transaction);
                if (refusal == TransactionRefusal.None)
                {
                    return waiting.Done.Task;
                }

                _waiting.Remove(transaction.Id);
                if (refusal is not (TransactionRefusal.NonceTaken or TransactionRefusal.NonceTooLow))
                {
                    break;
                }
            }

            return Task.FromResult(new SentTransaction(draft.Purpose, refusal, null));
        }
    }

    public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head)
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                return;
            }

            foreach (Receipt receipt in receipts)
            {
                if (_waiting.Remove(receipt.TransactionId, out Waiting? waiting))
                {
                    AddSample(_time.GetElapsedTime(waiting.SubmittedAt).TotalMilliseconds);
                    waiting.Done.TrySetResult(new SentTransaction(waiting.Purpose, TransactionRefusal.None, receipt));
                }
            }

            List<KeyValuePair<Hash32, Waiting>> expired =
                [.. _waiting.Where(pair => pair.Value.ValidUntil < head.Height)];
            foreach ((Hash32 id, Waiting waiting) in expired)
            {
                _waiting.Remove(id);
                waiting.Done.TrySetResult(new SentTransaction(waiting.Purpose, TransactionRefusal.None, null));
            }
        }
    }

    public void Dispose() => _observation.Dispose();

    private void AddSample(double milliseconds)
    {
        if (_finalityMs.Count < MaxSamples)
        {
            _finalityMs.Add(milliseconds);
        }
    }

    private Transaction Sign(TransactionDraft draft)
    {
        TransactionBody body = new()
        {
            ChainId = _chain.Genesis.ChainId,
            Nonce = _pool.NextNonce(draft.Sender.Address),
            GasLimit = draft.GasLimit,
            GasPrice = _chain.Head.Parameters.GasPrice,
            To = draft.To,
            Value = draft.Value,
            Data = draft.Data,
            ValidUntil = new Height(_chain.Head.Height.Value + ValidityBlocks),
            FeePayer = draft.FeePayer?.Address,
        };
        return body.Sign(draft.Sender, draft.FeePayer);
    }

    private sealed record Waiting(string Purpose, Height ValidUntil, long SubmittedAt)
    {
        public TaskCompletionSource<SentTransaction> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
