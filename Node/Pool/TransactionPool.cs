using System.Diagnostics.CodeAnalysis;
using EnergyChain.Contracts.Views;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Pool;

/// <summary>
/// The pool of a node. The chain is never called under the pool's lock (the chain calls in under its own; a proposal
/// takes the pool's lock within a read), and no signature is verified under it either; a block that arrives between a
/// check and the insertion is noticed by the generation, and the check is made again. The caller registers it with
/// <see cref="IChain.Observe"/>.
/// </summary>
public sealed class TransactionPool : ITransactionPool, IChainObserver
{
    // Blocks are far slower than a check, so a second attempt is rare and a fifth a sign of a stopping node.
    private const int MaxAttempts = 5;

    // A block is looked up in parts, so that nobody waits for all of it.
    private const int FoundAtOnce = 256;

    private readonly Lock _lock = new();
    private readonly IChain _chain;
    private readonly PoolContents _contents;
    private readonly VerifiedSignatures _verified = new(Limits.MaxVerifiedRemembered);
    private ulong _generation;
    private int _count;
    private int _ready;
    private int _erasuresSeen;
    private Height _head;
    private ChainParameters _parameters;

    public TransactionPool(IChain chain, PoolLimits? limits = null)
    {
        _chain = chain;
        _contents = new PoolContents(limits ?? new PoolLimits());
        ChainHead head = chain.Head;
        _head = head.Height;
        _parameters = head.Parameters;
    }

    /// <inheritdoc/>
    public event Action<Transaction>? Admitted;

    /// <inheritdoc/>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public int Ready => Volatile.Read(ref _ready);

    /// <inheritdoc/>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _contents.Bytes;
            }
        }
    }

    /// <inheritdoc/>
    public TransactionRefusal Add(Transaction transaction)
    {
        transaction = _chain.Erasures.Clean(transaction);
        TransactionRefusal refusal = TryAdmit(transaction);
        if (refusal == TransactionRefusal.None)
        {
            Admitted?.Invoke(transaction);
        }

        return refusal is TransactionRefusal.NonceTooLow or TransactionRefusal.Expired
            && _chain.TryFindTransaction(transaction.Id, out _)
            ? TransactionRefusal.AlreadyKnown
            : refusal;
    }

    /// <inheritdoc/>
    public bool TryGet(Hash32 transactionId, [NotNullWhen(true)] out Transaction? transaction)
    {
        lock (_lock)
        {
            transaction = _contents.TryGet(transactionId, out PoolEntry? entry) ? entry.Transaction : null;
            return transaction is not null;
        }
    }

    /// <inheritdoc/>
    public bool IsVerified(Transaction transaction)
    {
        lock (_lock)
        {
            return _verified.Holds(transaction)
                || (_contents.TryGet(transaction.Id, out PoolEntry? entry)
                    && entry.Transaction.Signature == transaction.Signature
                    && entry.Transaction.FeePayerSignature == transaction.FeePayerSignature);
        }
    }

    /// <inheritdoc/>
    public void FindAll(IReadOnlyList<Hash32> ids, Transaction?[] found)
    {
        for (int start = 0; start < ids.Count; start += FoundAtOnce)
        {
            int end = Math.Min(start + FoundAtOnce, ids.Count);
            lock (_lock)
            {
                for (int i = start; i < end; i++)
                {
                    if (found[i] is null && _contents.TryGet(ids[i], out PoolEntry? entry))
                    {
                        found[i] = entry.Transaction;
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Transaction> Collect(Gas gasLimit, int maxBytes, int maxCount, Gas? enough = null) =>
        _chain.Read((state, _) =>
        {
            Gas mark = enough ?? new Gas(ulong.MaxValue);
            lock (_lock)
            {
                return new PoolSelection(gasLimit, mark, maxBytes, maxCount, state).Select(_contents);
            }
        });

    /// <inheritdoc/>
    public ulong NextNonce(Address account)
    {
        ulong next = _chain.Read((state, _) => state.TryGetAccount(account, out AccountState found) ? found.Nonce : 0);
        lock (_lock)
        {
            SenderQueue? queue = _contents.QueueOf(account);
            int index = queue?.IndexOf(next) ?? -1;
            return index < 0 ? next : queue![queue.EndOfRun(index) - 1].Nonce + 1;
        }
    }

    /// <inheritdoc/>
    public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head)
    {
        _ = _chain.Read((state, _) =>
        {
            lock (_lock)
            {
                Follow(block.Block.Transactions, state, head);
            }

            return true;
        });
    }

    private void Follow(IReadOnlyList<Transaction> included, IStateReader state, ChainHead head)
    {
        Volatile.Write(ref _generation, _generation + 1);
        _head = head.Height;
        DropErasedMemos();
        foreach (Transaction transaction in included)
        {
            _contents.MoveTo(transaction.Sender, transaction.Body.Nonce + 1);
        }

        _contents.RemoveExpired(head.Height);
        if (head.Parameters != _parameters)
        {
            _parameters = head.Parameters;
            _contents.RemoveForbidden(head.Height, _parameters);
        }

        _contents.RemoveUncovered(included, state, head.Height);
        Publish();
    }

    private void DropErasedMemos()
    {
        IReadOnlyList<RecordErasure> erasures = _chain.Erasures.All;
        foreach (RecordErasure erasure in erasures.Skip(_erasuresSeen))
        {
            _contents.DropMemo(erasure.TransactionId);
        }

        _erasuresSeen = erasures.Count;
    }

    private TransactionRefusal TryAdmit(Transaction transaction)
    {
        if (transaction.EncodedLength > Limits.MaxTransactionBytes)
        {
            return TransactionRefusal.TooLarge;
        }

        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            ulong generation = Volatile.Read(ref _generation);
            TransactionRefusal refusal = _chain.CheckTransaction(transaction, out AccountView accounts);
            refusal = CheckHere(transaction, refusal, accounts, out bool isVerified);
            if (refusal != TransactionRefusal.None)
            {
                return refusal;
            }

            if (!isVerified && !transaction.SignaturesHold())
            {
                return TransactionRefusal.BadSignature;
            }

            if (TryInsert(transaction, isVerified, accounts, generation, out refusal))
            {
                return refusal;
            }
        }

        return TransactionRefusal.NotReady;
    }

    // The pool's word on what the chain has refused or not: all that can be said before signatures are verified.
    private TransactionRefusal CheckHere(
        Transaction transaction, TransactionRefusal refusal, in AccountView accounts, out bool isVerified)
    {
        lock (_lock)
        {
            isVerified = false;
            if (_contents.TryGet(transaction.Id, out _))
            {
                return TransactionRefusal.AlreadyKnown;
            }

            if (refusal != TransactionRefusal.None)
            {
                return refusal;
            }

            isVerified = _verified.Holds(transaction);
            return _contents.Check(transaction, accounts);
        }
    }

    // False where a block came in between, so that what the chain has said may not be true any more.
    private bool TryInsert(
        Transaction transaction,
        bool isRemembered,
        in AccountView accounts,
        ulong generation,
        out TransactionRefusal refusal)
    {
        lock (_lock)
        {
            refusal = TransactionRefusal.NotReady;
            if (!isRemembered)
            {
                _verified.Remember(transaction);
            }

            if (generation != _generation)
            {
                return false;
            }

            // A block may have erased its memo since it was handed in.
            refusal = _contents.Add(_chain.Erasures.Clean(transaction), accounts, _head);
            Publish();
            return true;
        }
    }

    // For those who ask how much waits, which they do for every message, without the lock.
    private void Publish()
    {
        Volatile.Write(ref _count, _contents.Count);
        Volatile.Write(ref _ready, _contents.Ready);
    }
}
