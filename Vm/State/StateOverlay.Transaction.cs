using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.State;

/// <content>What lives as long as a transaction: snapshots, warm sets, logs, refunds, created and destroyed.</content>
public sealed partial class StateOverlay
{
    private readonly List<AccountEntry> _touched = [];
    private readonly List<AccountEntry> _destructed = [];
    private readonly List<LogEntry> _logs = [];
    private uint _transaction = 1;

    /// <summary>
    /// The logs of the running transaction so far, in order. Copy them before <see cref="EndTransaction"/>.
    /// </summary>
    public IReadOnlyList<LogEntry> Logs => _logs;

    /// <summary>
    /// Gas to give back, before the cap of EIP-3529. It can pass below zero only inside reverted calls.
    /// </summary>
    public long Refund { get; private set; }

    /// <summary>Starts a transaction: nothing is warm, created, destroyed, logged or refunded yet.</summary>
    public void BeginTransaction()
    {
        _transaction++;
        _journal.Clear();
        _logs.Clear();
        _touched.Clear();
        _destructed.Clear();
        _transient.Clear();
        Refund = 0;
    }

    public StateSnapshot Snapshot() => new(_journal.Count, _logs.Count, Refund);

    /// <summary>Undoes everything since the snapshot, warm sets, logs and refunds included.</summary>
    public void RevertTo(StateSnapshot snapshot)
    {
        Invariant.Check(snapshot.JournalLength <= _journal.Count);
        for (int i = _journal.Count - 1; i >= snapshot.JournalLength; i--)
        {
            Undo(_journal[i]);
        }

        _journal.RemoveRange(snapshot.JournalLength, _journal.Count - snapshot.JournalLength);
        _logs.RemoveRange(snapshot.LogCount, _logs.Count - snapshot.LogCount);
        Refund = snapshot.Refund;
    }

    /// <summary>
    /// Ends the transaction for good: accounts created and destroyed in it (EIP-6780) and touched empty accounts
    /// (EIP-161) are deleted with their storage.
    /// </summary>
    public void EndTransaction()
    {
        foreach (AccountEntry account in _destructed)
        {
            if (account.DestructedStamp == _transaction)
            {
                Delete(account);
            }
        }

        foreach (AccountEntry account in _touched)
        {
            if (account.TouchedStamp == _transaction && account.Exists && account.IsEmpty)
            {
                Delete(account);
            }
        }

        BeginTransaction();
    }

    /// <summary>Warms the account (EIP-2929); false when it was warm already.</summary>
    public bool WarmUp(Address address) => WarmUp(Entry(address));

    /// <summary>Warms the slot, not the account (EIP-2929); false when it was warm already.</summary>
    public bool WarmUp(Address address, in UInt256 key) => WarmUp(Slot(Entry(address), key));

    public bool IsWarm(Address address) => Entry(address).WarmStamp == _transaction;

    public bool IsWarm(Address address, in UInt256 key) =>
        _slots[Slot(Entry(address), key)].WarmStamp == _transaction;

    public void AddLog(LogEntry log) => _logs.Add(log);

    public void AddRefund(long gas) => Refund += gas;

    /// <summary>Whether the running transaction created the account.</summary>
    public bool IsCreated(Address address) => IsCreated(Entry(address));

    /// <summary>Whether the running transaction will delete the account when it ends.</summary>
    public bool IsDestructed(Address address) => Entry(address).DestructedStamp == _transaction;

    /// <summary>Whether the account is warm, found without reading or keeping anything.</summary>
    internal bool IsKnownWarm(Address address) =>
        _accountsByAddress.TryGetValue(address, out AccountEntry? account) && account.WarmStamp == _transaction;

    /// <summary>Whether the slot is warm, found without reading or keeping anything.</summary>
    internal bool IsKnownWarm(AccountEntry account, in UInt256 key)
    {
        int slot = _slots.Find(account.Index, key);
        return slot >= 0 && _slots[slot].WarmStamp == _transaction;
    }

    internal bool WarmUp(AccountEntry account)
    {
        if (account.WarmStamp == _transaction)
        {
            return false;
        }

        account.WarmStamp = _transaction;
        _journal.Add(new JournalEntry(JournalKind.WarmAccount, account.Index, UInt256.Zero));
        return true;
    }

    internal bool WarmUp(int slot)
    {
        ref SlotEntry entry = ref _slots[slot];
        if (entry.WarmStamp == _transaction)
        {
            return false;
        }

        entry.WarmStamp = _transaction;
        _journal.Add(new JournalEntry(JournalKind.WarmSlot, slot, UInt256.Zero));
        return true;
    }

    internal bool IsWarm(int slot) => _slots[slot].WarmStamp == _transaction;

    internal bool IsCreated(AccountEntry account) => account.CreatedStamp == _transaction;

    /// <summary>Marks a contract as created by the running transaction.</summary>
    internal void MarkCreated(AccountEntry account)
    {
        account.CreatedStamp = _transaction;
        _journal.Add(new JournalEntry(JournalKind.Create, account.Index, UInt256.Zero));
    }

    /// <summary>Marks an account for deletion at the end of the transaction.</summary>
    internal void MarkDestructed(AccountEntry account)
    {
        if (account.DestructedStamp != _transaction)
        {
            account.DestructedStamp = _transaction;
            _destructed.Add(account);
            _journal.Add(new JournalEntry(JournalKind.Destruct, account.Index, UInt256.Zero));
        }
    }

    private void Delete(AccountEntry account)
    {
        account.Exists = false;
        account.SetState(AccountState.Empty);
        WipeStorage(account);
    }
}
