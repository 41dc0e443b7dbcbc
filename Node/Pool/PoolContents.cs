using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
using EnergyChain.Node.Execution;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Pool;

/// <summary>
/// The waiting transactions with every index over them: by id, by sender and nonce, those with a gap by order of
/// arrival, and what each account has pledged. Not thread-safe; asks the chain nothing.
/// </summary>
internal sealed class PoolContents(PoolLimits limits)
{
    private static readonly Comparer<PoolEntry> ByArrival =
        Comparer<PoolEntry>.Create(static (left, right) => left.Sequence.CompareTo(right.Sequence));

    private readonly Dictionary<Hash32, PoolEntry> _byId = [];
    private readonly PoolAccounts _accounts = new();
    private readonly SortedSet<PoolEntry> _gapped = new(ByArrival);
    private ulong _nextSequence;
    private int _selections;

    // No entry is past before this height; it may lie too low, for those that have left.
    private Height _firstExpiry = new(ulong.MaxValue);

    public int Count => _byId.Count;

    /// <summary>Those behind no gap.</summary>
    public int Ready => Count - _gapped.Count;

    public long Bytes { get; private set; }

    /// <summary>In no order.</summary>
    public Dictionary<Address, PoolAccount>.ValueCollection Accounts => _accounts.All;

    public bool TryGet(Hash32 id, [NotNullWhen(true)] out PoolEntry? entry) => _byId.TryGetValue(id, out entry);

    public SenderQueue? QueueOf(Address sender) => _accounts.Find(sender)?.Queue;

    /// <summary>A number for <see cref="PoolAccount.Enter"/> that no account was entered with.</summary>
    public int NewSelection() => ++_selections;

    /// <summary>
    /// Whether the pool's own rules leave room for the transaction, others making way, and the accounts can pay it
    /// beside all that waits.
    /// </summary>
    public TransactionRefusal Check(Transaction transaction, in AccountView accounts) =>
        Check(transaction, accounts, out _);

    /// <summary>Adds a transaction that the rules let in, dropping others where it must.</summary>
    public TransactionRefusal Add(Transaction transaction, in AccountView accounts, Height head)
    {
        TransactionRefusal refusal = Check(transaction, accounts, out List<PoolEntry>? leaving);
        if (refusal != TransactionRefusal.None)
        {
            return refusal;
        }

        foreach (PoolEntry entryThatLeaves in leaving ?? [])
        {
            Remove(entryThatLeaves, head);
        }

        PoolAccount sender = _accounts.Use(transaction.Sender);
        PoolAccount payer = transaction.Body.FeePayer is { } other && other != transaction.Sender
            ? _accounts.Use(other)
            : sender;
        PoolEntry entry = new(transaction, sender, payer, _nextSequence++);
        _byId.Add(transaction.Id, entry);
        _firstExpiry = transaction.Body.ValidUntil < _firstExpiry ? transaction.Body.ValidUntil : _firstExpiry;
        Bytes += transaction.EncodedLength;
        sender.Pledge(entry.ValueCost);
        payer.Pledge(entry.GasCost);
        Enqueue(entry, accounts.SenderNonce, head);
        return TransactionRefusal.None;
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

    /// <summary>A block has used the sender's nonces below <paramref name="accountNonce"/>.</summary>
    public void MoveTo(Address sender, ulong accountNonce)
    {
        if (_accounts.Find(sender) is not { Queue: { } queue } account)
        {
            return;
        }

        using (_accounts.Changing(account))
        {
            while (queue.TryTakePast(accountNonce, out PoolEntry past))
            {
                Forget(past);
            }

            int ready = queue.Ready;
            queue.MoveTo(accountNonce);
            CloseGaps(queue, ready);
        }
    }

    /// <summary>Removes what no later block may include, and what has waited too long behind a gap.</summary>
    public void RemoveExpired(Height head)
    {
        if (_gapped.Count > 0)
        {
            RemoveAll([.. _gapped.Where(entry =>
                entry.GapSince.Value + limits.MaxGapBlocks <= head.Value
                && entry.Transaction.Body.ValidUntil > head)], head);
        }

        if (_firstExpiry > head)
        {
            return;
        }

        RemoveAll([.. _byId.Values.Where(entry => entry.Transaction.Body.ValidUntil <= head)], head);
        _firstExpiry = new Height(ulong.MaxValue);
        foreach (PoolEntry entry in _byId.Values)
        {
            Height expiry = entry.Transaction.Body.ValidUntil;
            _firstExpiry = expiry < _firstExpiry ? expiry : _firstExpiry;
        }
    }

    /// <summary>Removes what other parameters, of the block after the head, do not let into a block any more.</summary>
    public void RemoveForbidden(Height head, ChainParameters parameters) =>
        RemoveAll([.. _byId.Values.Where(entry =>
            TransactionRules.CheckForm(entry.Transaction, head.Next, parameters) != TransactionRefusal.None)], head);

    /// <summary>
    /// Removes, latest first, what the senders and payers of a block cannot pay any more with all that they have
    /// pledged: their keys alone spend from accounts, so nobody else has less than before it. Else it would wait
    /// unpaid, and keep its place from others, until it expires.
    /// </summary>
    public void RemoveUncovered(IReadOnlyList<Transaction> included, IStateReader state, Height head)
    {
        Dictionary<PoolAccount, UInt256> lacking = FindLacking(included, state);
        if (lacking.Count == 0)
        {
            return;
        }

        PoolEntry[] entries =
        [
            .. _byId.Values
                .Where(entry => lacking.ContainsKey(entry.Sender) || lacking.ContainsKey(entry.Payer))
                .OrderByDescending(static entry => entry.Sequence),
        ];
        foreach (PoolEntry entry in entries)
        {
            if (IsUncovered(entry.Sender) || IsUncovered(entry.Payer))
            {
                Remove(entry, head);
            }
        }

        bool IsUncovered(PoolAccount account) =>
            lacking.TryGetValue(account, out UInt256 balance) && account.Pledged > balance;
    }

    private Dictionary<PoolAccount, UInt256> FindLacking(IReadOnlyList<Transaction> included, IStateReader state)
    {
        Dictionary<PoolAccount, UInt256> lacking = [];
        HashSet<PoolAccount> seen = [];
        foreach (Transaction transaction in included)
        {
            Look(transaction.Sender);
            if (transaction.Body.FeePayer is { } payer)
            {
                Look(payer);
            }
        }

        return lacking;

        void Look(Address address)
        {
            if (_accounts.Find(address) is { } account && seen.Add(account))
            {
                UInt256 balance = state.TryGetAccount(address, out AccountState found) ? found.Balance : UInt256.Zero;
                if (account.Pledged > balance)
                {
                    lacking.Add(account, balance);
                }
            }
        }
    }

    private TransactionRefusal Check(Transaction transaction, in AccountView accounts, out List<PoolEntry>? leaving)
    {
        leaving = null;
        if (_byId.ContainsKey(transaction.Id))
        {
            return TransactionRefusal.AlreadyKnown;
        }

        PoolAccount? sender = _accounts.Find(transaction.Sender);
        if (sender?.Queue is { } queue)
        {
            if (queue.Has(transaction.Body.Nonce))
            {
                return TransactionRefusal.NonceTaken;
            }

            // The state was read before a block that has used the nonce, and the queue began after it.
            if (transaction.Body.Nonce < queue.NextNonce)
            {
                return TransactionRefusal.NonceTooLow;
            }

            if (queue.Count >= limits.MaxPerSender)
            {
                return TransactionRefusal.SenderPoolFull;
            }
        }

        if (IsFullFor(transaction))
        {
            ulong next = sender?.Queue?.NextNonce ?? accounts.SenderNonce;
            leaving = transaction.Body.Nonce == next ? FindLeaving(transaction, sender) : null;
            if (leaving is null)
            {
                return TransactionRefusal.PoolFull;
            }
        }

        return CanPledge(transaction, sender, accounts)
            ? TransactionRefusal.None
            : TransactionRefusal.InsufficientBalance;
    }

    private bool CanPledge(Transaction transaction, PoolAccount? sender, in AccountView accounts)
    {
        UInt256 value = transaction.Body.Value;
        if (!PoolEntry.TryGetGasCost(transaction, out UInt256 gas))
        {
            return false;
        }

        if (transaction.GasPayer == transaction.Sender)
        {
            return !UInt256.AddOverflows(value, gas, out UInt256 both) && Holds(sender, both, accounts.SenderBalance);
        }

        return Holds(sender, value, accounts.SenderBalance)
            && Holds(_accounts.Find(transaction.GasPayer), gas, accounts.PayerBalance);

        static bool Holds(PoolAccount? account, in UInt256 amount, in UInt256 balance) =>
            account is null ? amount <= balance : account.CanPledge(amount, balance);
    }

    private bool IsFullFor(Transaction transaction) =>
        Count >= limits.MaxTransactions || Bytes + transaction.EncodedLength > limits.MaxBytes;

    // A transaction that a block can include goes before any that waits behind a gap; those are free to make. Where
    // none does, whoever has most waiting gives up its last ones for whom has less, so that nobody keeps others out.
    // Null where there is no room.
    private List<PoolEntry>? FindLeaving(Transaction transaction, PoolAccount? sender) =>
        TakeUntilRoom(_gapped.Reverse(), transaction) ?? OfTheLongest(transaction, sender?.Count ?? 0);

    private List<PoolEntry>? OfTheLongest(Transaction transaction, int own)
    {
        PoolAccount? longest = _accounts.FindLongest();
        return longest is null || longest.Address == transaction.Sender
            ? null
            : TakeUntilRoom(FromLast(longest.Queue!).Take(longest.Count - own - 1), transaction);

        static IEnumerable<PoolEntry> FromLast(SenderQueue queue)
        {
            for (int i = queue.Count - 1; i >= 0; i--)
            {
                yield return queue[i];
            }
        }
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

    private void Enqueue(PoolEntry entry, ulong accountNonce, Height head)
    {
        using PoolAccounts.QueueChange change = _accounts.Changing(entry.Sender);
        SenderQueue queue = entry.Sender.Queue ??= new SenderQueue(accountNonce);
        Invariant.Check(entry.Nonce >= queue.NextNonce);
        int ready = queue.Ready;
        queue.Add(entry);
        if (queue.Ready == ready)
        {
            OpenGap(entry, head);
        }
        else
        {
            CloseGaps(queue, ready);
        }
    }

    private void RemoveAll(PoolEntry[] entries, Height head)
    {
        foreach (PoolEntry entry in entries)
        {
            Remove(entry, head);
        }
    }

    // Those behind it get a gap from the head on.
    private void Remove(PoolEntry entry, Height head)
    {
        SenderQueue? queue = entry.Sender.Queue;
        Invariant.Check(queue is not null);
        using (_accounts.Changing(entry.Sender))
        {
            int ready = queue.Ready;
            queue.Remove(entry);
            for (int i = queue.Ready; i < ready - 1; i++)
            {
                OpenGap(queue[i], head);
            }
        }

        Forget(entry);
    }

    private void OpenGap(PoolEntry entry, Height since)
    {
        entry.IsGapped = true;
        entry.GapSince = since;
        _gapped.Add(entry);
    }

    private void CloseGaps(SenderQueue queue, int from)
    {
        for (int i = from; i < queue.Ready; i++)
        {
            CloseGap(queue[i]);
        }
    }

    private void CloseGap(PoolEntry entry)
    {
        if (entry.IsGapped)
        {
            entry.IsGapped = false;
            _gapped.Remove(entry);
        }
    }

    // It is in no queue any more.
    private void Forget(PoolEntry entry)
    {
        _byId.Remove(entry.Transaction.Id);
        CloseGap(entry);
        Bytes -= entry.Transaction.EncodedLength;
        entry.Sender.Release(entry.ValueCost);
        entry.Payer.Release(entry.GasCost);
        _accounts.Leave(entry.Sender);
        if (entry.Payer != entry.Sender)
        {
            _accounts.Leave(entry.Payer);
        }

        // Far from full again, nobody asks for a while who has most.
        if (Count < limits.MaxTransactions / 2 && Bytes < limits.MaxBytes / 2)
        {
            _accounts.ForgetLengths();
        }
    }
}
