using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;

namespace EnergyChain.Node.Pool;

/// <summary>
/// The waiting transactions with every index over them: by id, by sender and nonce, by order of arrival, those with
/// a gap, and what each account has pledged. Not thread-safe; checks nothing of the chain.
/// </summary>
internal sealed class PoolContents(PoolLimits limits)
{
    private static readonly Comparer<PoolEntry> ByArrival =
        Comparer<PoolEntry>.Create((left, right) => left.Sequence.CompareTo(right.Sequence));

    private readonly Dictionary<Hash32, PoolEntry> _byId = [];
    private readonly PoolQueues _queues = new();
    private readonly Dictionary<Address, BigInteger> _pledged = [];
    private readonly SortedSet<PoolEntry> _arrivals = new(ByArrival);
    private readonly SortedSet<PoolEntry> _gapped = new(ByArrival);
    private ulong _nextSequence;

    public int Count => _byId.Count;

    /// <summary>Those behind no gap.</summary>
    public int Ready => Count - _gapped.Count;

    public long Bytes { get; private set; }

    /// <summary>In no order.</summary>
    public IReadOnlyCollection<SenderQueue> Queues => _queues.All;

    public bool TryGet(Hash32 id, [NotNullWhen(true)] out PoolEntry? entry) => _byId.TryGetValue(id, out entry);

    public SenderQueue? QueueOf(Address sender) => _queues.Find(sender);

    /// <summary>What the waiting transactions may cost the account at most, as sender and as gas payer.</summary>
    public BigInteger PledgedBy(Address account) => _pledged.GetValueOrDefault(account);

    /// <summary>Whether the pool's own rules leave room for the transaction, others making way.</summary>
    public TransactionRefusal Check(Transaction transaction, ulong accountNonce)
    {
        if (_byId.ContainsKey(transaction.Id))
        {
            return TransactionRefusal.AlreadyKnown;
        }

        SenderQueue? queue = QueueOf(transaction.Sender);
        if (queue?.Has(transaction.Body.Nonce) == true)
        {
            return TransactionRefusal.NonceTaken;
        }

        if (queue?.Count >= limits.MaxPerSender)
        {
            return TransactionRefusal.SenderPoolFull;
        }

        bool ready = transaction.Body.Nonce == (queue?.NextNonce ?? accountNonce);
        return MakingWay(transaction, ready) is null ? TransactionRefusal.PoolFull : TransactionRefusal.None;
    }

    /// <summary>Adds a transaction that <see cref="Check"/> has let in, dropping others where it must.</summary>
    public void Add(Transaction transaction, ulong accountNonce, Height head)
    {
        SenderQueue queue = _queues.FindOrMake(transaction.Sender, accountNonce);
        List<PoolEntry>? leaving = MakingWay(transaction, ready: transaction.Body.Nonce == queue.NextNonce);
        Invariant.Check(leaving is not null);
        foreach (PoolEntry entryThatLeaves in leaving)
        {
            Remove(entryThatLeaves, head);
        }

        queue = _queues.FindOrMake(transaction.Sender, accountNonce);
        PoolEntry entry = new(transaction, _nextSequence++, head);
        _byId.Add(transaction.Id, entry);
        _arrivals.Add(entry);
        _gapped.Add(entry);
        _gapped.ExceptWith(_queues.Change(queue, changed => changed.Add(entry)));
        Bytes += transaction.EncodedLength;
        Pledge(transaction.Sender, entry.ValueCost);
        Pledge(transaction.GasPayer, entry.GasCost);
    }

    /// <summary>Lets go of the memo of a transaction, where it waits here.</summary>
    public void DropMemo(Hash32 id)
    {
        if (_byId.TryGetValue(id, out PoolEntry? entry))
        {
            Bytes -= entry.Transaction.EncodedLength;
            entry.DropMemo();
            Bytes += entry.Transaction.EncodedLength;
        }
    }

    /// <summary>Removes an entry; those behind it get a gap from <paramref name="head"/> on.</summary>
    public void Remove(PoolEntry entry, Height head)
    {
        SenderQueue? queue = QueueOf(entry.Transaction.Sender);
        Invariant.Check(queue is not null);
        foreach (PoolEntry behind in _queues.Change(queue, changed => changed.Remove(entry)))
        {
            behind.GapSince = head;
            _gapped.Add(behind);
        }

        Forget(entry);
    }

    /// <summary>A block has used the sender's nonces below <paramref name="accountNonce"/>.</summary>
    public void MoveTo(Address sender, ulong accountNonce)
    {
        if (!_queues.TryFind(sender, out SenderQueue? queue))
        {
            return;
        }

        (List<PoolEntry> past, List<PoolEntry> freed) =
            _queues.Change(queue, changed => changed.MoveTo(accountNonce));
        _gapped.ExceptWith(freed);
        foreach (PoolEntry entry in past)
        {
            Forget(entry);
        }
    }

    /// <summary>Removes what no later block may include, and what has waited too long behind a gap.</summary>
    public void RemoveExpired(Height head)
    {
        List<PoolEntry> stale =
        [
            .. _arrivals.Where(entry => entry.Transaction.Body.ValidUntil <= head),
            .. _gapped.Where(entry =>
                entry.GapSince.Value + limits.MaxGapBlocks <= head.Value
                && entry.Transaction.Body.ValidUntil > head),
        ];
        foreach (PoolEntry entry in stale)
        {
            Remove(entry, head);
        }
    }

    /// <summary>Removes what other parameters, of the block after the head, do not let into a block any more.</summary>
    public void RemoveForbidden(Height head, ChainParameters parameters)
    {
        foreach (PoolEntry entry in _arrivals.ToList())
        {
            if (TransactionRules.CheckForm(entry.Transaction, head.Next, parameters) != TransactionRefusal.None)
            {
                Remove(entry, head);
            }
        }
    }

    /// <summary>
    /// Removes, latest first, what these accounts cannot pay any more with all that they have pledged. Else it would
    /// wait unpaid, and keep its place from others, until it expires.
    /// </summary>
    public void RemoveUncovered(IReadOnlyDictionary<Address, BigInteger> balances, Height head)
    {
        Dictionary<Address, BigInteger> lacking = balances
            .Where(each => PledgedBy(each.Key) > each.Value)
            .ToDictionary();
        if (lacking.Count == 0)
        {
            return;
        }

        foreach (PoolEntry entry in _arrivals.Reverse().ToList())
        {
            if (IsUncovered(entry.Transaction.Sender) || IsUncovered(entry.Transaction.GasPayer))
            {
                Remove(entry, head);
            }
        }

        bool IsUncovered(Address account) =>
            lacking.TryGetValue(account, out BigInteger balance) && PledgedBy(account) > balance;
    }

    private bool IsFullFor(Transaction transaction) =>
        Count >= limits.MaxTransactions || Bytes + transaction.EncodedLength > limits.MaxBytes;

    // A transaction that a block can include goes before any that waits behind a gap; those are free to make. Where
    // none does, whoever has most waiting gives up its last ones for whom has less, so that nobody keeps others out.
    // Null where there is no room.
    private List<PoolEntry>? MakingWay(Transaction transaction, bool ready)
    {
        if (!IsFullFor(transaction))
        {
            return [];
        }

        return ready ? TakeUntilRoom(_gapped.Reverse(), transaction) ?? OfTheLongest(transaction) : null;
    }

    private List<PoolEntry>? OfTheLongest(Transaction transaction)
    {
        SenderQueue? longest = _queues.Longest;
        int own = QueueOf(transaction.Sender)?.Count ?? 0;
        return longest is null || longest.Sender == transaction.Sender
            ? null
            : TakeUntilRoom(longest.FromLast.Take(longest.Count - own - 1), transaction);
    }

    private List<PoolEntry>? TakeUntilRoom(IEnumerable<PoolEntry> candidates, Transaction transaction)
    {
        List<PoolEntry> leaving = [];
        long bytes = Bytes + transaction.EncodedLength;
        foreach (PoolEntry candidate in candidates)
        {
            leaving.Add(candidate);
            bytes -= candidate.Transaction.EncodedLength;
            if (Count - leaving.Count < limits.MaxTransactions && bytes <= limits.MaxBytes)
            {
                return leaving;
            }
        }

        return null;
    }

    private void Forget(PoolEntry entry)
    {
        Transaction transaction = entry.Transaction;
        _byId.Remove(transaction.Id);
        _arrivals.Remove(entry);
        _gapped.Remove(entry);
        Bytes -= transaction.EncodedLength;
        Pledge(transaction.Sender, -entry.ValueCost);
        Pledge(transaction.GasPayer, -entry.GasCost);
    }

    private void Pledge(Address account, BigInteger amount)
    {
        BigInteger pledged = PledgedBy(account) + amount;
        Invariant.Check(pledged.Sign >= 0);
        if (pledged.IsZero)
        {
            _pledged.Remove(account);
        }
        else
        {
            _pledged[account] = pledged;
        }
    }
}
