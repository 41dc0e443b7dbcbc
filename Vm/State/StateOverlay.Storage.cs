using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.State;

/// <content>Persistent and transient storage.</content>
public sealed partial class StateOverlay
{
    private readonly SlotTable _slots = new(hashSeed);
    private readonly SlotTable _transient = new(hashSeed);

    public UInt256 GetStorage(Address address, in UInt256 key) => _slots[Slot(Entry(address), key)].Current;

    /// <summary>The value at the start of the running transaction, which EIP-2200 meters by.</summary>
    public UInt256 GetCommittedStorage(Address address, in UInt256 key) => Original(Slot(Entry(address), key));

    /// <summary>Touches the account: storage of one that is empty when the transaction ends goes with it.</summary>
    public void SetStorage(Address address, in UInt256 key, in UInt256 value)
    {
        AccountEntry account = Entry(address);
        Touch(account);
        SetStorage(Slot(account, key), value);
    }

    /// <summary>Storage of EIP-1153, zero at the start of each transaction.</summary>
    public UInt256 GetTransientStorage(Address address, in UInt256 key) => GetTransient(Entry(address), key);

    public void SetTransientStorage(Address address, in UInt256 key, in UInt256 value) =>
        SetTransient(Entry(address), key, value);

    /// <summary>The number of a slot, read from the committed state when it is new here.</summary>
    internal int Slot(AccountEntry account, in UInt256 key)
    {
        int number = _slots.FindOrAdd(account.Index, key, out bool added);
        if (added)
        {
            ref SlotEntry slot = ref _slots[number];
            slot.Next = account.FirstSlot;
            account.FirstSlot = number;
            if (account.ExistedBefore && !account.StorageWiped)
            {
                slot.Before = _reader.GetStorage(account.Address, key);
                slot.Current = slot.Before;
            }
        }

        return number;
    }

    internal UInt256 Current(int slot) => _slots[slot].Current;

    internal UInt256 Original(int slot)
    {
        ref SlotEntry entry = ref _slots[slot];
        return entry.OriginalStamp == _transaction ? entry.Original : entry.Current;
    }

    internal void SetStorage(int slot, in UInt256 value)
    {
        ref SlotEntry entry = ref _slots[slot];
        if (entry.OriginalStamp != _transaction)
        {
            // Not journaled: undone writes lead back to this very value.
            entry.Original = entry.Current;
            entry.OriginalStamp = _transaction;
        }

        _journal.Add(new JournalEntry(JournalKind.Storage, slot, entry.Current));
        entry.Current = value;
    }

    internal UInt256 GetTransient(AccountEntry account, in UInt256 key)
    {
        int slot = _transient.Find(account.Index, key);
        return slot < 0 ? UInt256.Zero : _transient[slot].Current;
    }

    internal void SetTransient(AccountEntry account, in UInt256 key, in UInt256 value)
    {
        int slot = _transient.FindOrAdd(account.Index, key, out _);
        ref SlotEntry entry = ref _transient[slot];
        _journal.Add(new JournalEntry(JournalKind.Transient, slot, entry.Current));
        entry.Current = value;
    }

    /// <summary>Whether any slot of the account is not zero.</summary>
    internal bool HasStorage(AccountEntry account)
    {
        for (int slot = account.FirstSlot; slot != AccountEntry.NoSlot; slot = _slots[slot].Next)
        {
            if (!_slots[slot].Current.IsZero)
            {
                return true;
            }
        }

        return account.ExistedBefore && !account.StorageWiped && _reader.HasStorage(account.Address);
    }

    /// <summary>Zeroes all storage of the account for good, what the reader holds of it included.</summary>
    private void WipeStorage(AccountEntry account)
    {
        account.StorageWiped = true;
        for (int slot = account.FirstSlot; slot != AccountEntry.NoSlot; slot = _slots[slot].Next)
        {
            ref SlotEntry entry = ref _slots[slot];
            entry.Before = UInt256.Zero;
            entry.Current = UInt256.Zero;
            entry.OriginalStamp = 0;
        }
    }
}
