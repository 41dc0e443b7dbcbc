using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using EnergyChain.Contracts.Views;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Telemetry;

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

    private readonly Lock _lock = new();
    private readonly IChain _chain;
    private readonly PoolContents _contents;
    private readonly VerifiedSignatures _verified = new(Limits.MaxVerifiedRemembered);
    private ulong _generation;
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
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _contents.Count;
            }
        }
    }

    /// <inheritdoc/>
    public int Ready
    {
        get
        {
            lock (_lock)
            {
                return _contents.Ready;
            }
        }
    }

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
        using CpuTime.Span stage = CpuTime.Enter(CpuStage.Verify);
        transaction = _chain.Erasures.Clean(transaction);
        TransactionRefusal refusal = TryAdmit(transaction);
        if (refusal == TransactionRefusal.None)
        {
            Admitted?.Invoke(transaction);
        }

        return refusal == TransactionRefusal.NonceTooLow && _chain.TryFindTransaction(transaction.Id, out _)
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
    public IReadOnlyList<Transaction> Collect(Gas gasLimit, int maxBytes, int maxCount, Gas? enough = null)
    {
        return _chain.Read((state, _) =>
        {
            lock (_lock)
            {
                Gas mark = enough ?? new Gas(ulong.MaxValue);
                PoolSelection selection = new(gasLimit, mark, maxBytes, maxCount, new PoolBalances(state));
                return selection.Select(_contents);
            }
        });
    }

    /// <inheritdoc/>
    public ulong NextNonce(Address account)
    {
        ulong next = _chain.Read((state, _) => PoolBalances.NonceOf(state, account));
        lock (_lock)
        {
            SenderQueue? queue = _contents.QueueOf(account);
            while (queue?.Has(next) == true)
            {
                next++;
            }

            return next;
        }
    }

    /// <inheritdoc/>
    public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head)
    {
        Dictionary<Address, BigInteger> balances = BalancesOfPayers(block.Block.Transactions);
        lock (_lock)
        {
            _generation++;
            _head = head.Height;
            DropErasedMemos();
            foreach (Transaction transaction in block.Block.Transactions)
            {
                _contents.MoveTo(transaction.Sender, transaction.Body.Nonce + 1);
            }

            _contents.RemoveExpired(head.Height);
            if (head.Parameters != _parameters)
            {
                _parameters = head.Parameters;
                _contents.RemoveForbidden(head.Height, _parameters);
            }

            _contents.RemoveUncovered(balances, head.Height);
        }
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

    // Only senders and gas payers of a block can have less than before it: their keys alone spend from accounts.
    private Dictionary<Address, BigInteger> BalancesOfPayers(IReadOnlyList<Transaction> transactions) =>
        _chain.Read((state, _) => transactions
            .SelectMany(static transaction => new[] { transaction.Sender, transaction.GasPayer })
            .Distinct()
            .ToDictionary(static account => account, account => PoolBalances.BalanceOf(state, account)));

    private TransactionRefusal TryAdmit(Transaction transaction)
    {
        if (transaction.EncodedLength > Limits.MaxTransactionBytes)
        {
            return TransactionRefusal.TooLarge;
        }

        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            ulong generation = CurrentGeneration(transaction, out bool known, out bool verified);
            if (known)
            {
                return TransactionRefusal.AlreadyKnown;
            }

            TransactionRefusal refusal = CheckAgainstChain(transaction, out AccountView accounts);
            refusal = refusal == TransactionRefusal.None
                ? Insert(transaction, accounts, generation, insert: false, out _)
                : refusal;
            if (refusal != TransactionRefusal.None)
            {
                return refusal;
            }

            if (!verified && !Verify(transaction))
            {
                return TransactionRefusal.BadSignature;
            }

            refusal = Insert(transaction, accounts, generation, insert: true, out bool current);
            if (current)
            {
                return refusal;
            }
        }

        return TransactionRefusal.NotReady;
    }

    private bool Verify(Transaction transaction)
    {
        if (!transaction.SignaturesHold())
        {
            return false;
        }

        lock (_lock)
        {
            _verified.Remember(transaction);
        }

        return true;
    }

    private ulong CurrentGeneration(Transaction transaction, out bool known, out bool verified)
    {
        lock (_lock)
        {
            known = _contents.TryGet(transaction.Id, out _);
            verified = _verified.Holds(transaction);
            return _generation;
        }
    }

    private TransactionRefusal CheckAgainstChain(Transaction transaction, out AccountView accounts)
    {
        accounts = _chain.Read((state, _) => new AccountView(
            PoolBalances.NonceOf(state, transaction.Sender),
            PoolBalances.BalanceOf(state, transaction.Sender),
            PoolBalances.BalanceOf(state, transaction.GasPayer)));
        TransactionRefusal refusal = _chain.CheckTransaction(transaction);
        return refusal == TransactionRefusal.None && !transaction.MemoMatches()
            ? TransactionRefusal.MemoMismatch
            : refusal;
    }

    // The pool's own rules, and the insertion where it is asked for and no block came in between.
    private TransactionRefusal Insert(
        Transaction transaction, in AccountView accounts, ulong generation, bool insert, out bool current)
    {
        lock (_lock)
        {
            current = generation == _generation;
            TransactionRefusal refusal = _contents.Check(transaction, accounts.SenderNonce);
            refusal = refusal == TransactionRefusal.None && !CanPledge(transaction, accounts)
                ? TransactionRefusal.InsufficientBalance
                : refusal;
            if (insert && current && refusal == TransactionRefusal.None)
            {
                // A block may have erased its memo since it was handed in.
                _contents.Add(_chain.Erasures.Clean(transaction), accounts.SenderNonce, _head);
            }

            return refusal;
        }
    }

    private bool CanPledge(Transaction transaction, in AccountView accounts)
    {
        BigInteger value = transaction.Body.Value.ToBigInteger();
        BigInteger gas = transaction.Body.GasPrice.ToBigInteger() * transaction.Body.GasLimit.Value;
        bool ownGas = transaction.GasPayer == transaction.Sender;
        BigInteger senderNeeds = _contents.PledgedBy(transaction.Sender) + value + (ownGas ? gas : 0);
        return senderNeeds <= accounts.SenderBalance
            && (ownGas || _contents.PledgedBy(transaction.GasPayer) + gas <= accounts.PayerBalance);
    }
}
