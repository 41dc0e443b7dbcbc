using System.Runtime.InteropServices;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.State;

/// <content>The net changes of a block.</content>
public sealed partial class StateOverlay
{
    private const int KeptAccounts = 1 << 14;
    private const int KeptCodes = 1 << 10;
    private const int KeptJournalEntries = 1 << 16;

    /// <summary>
    /// The net changes since the last call, and an empty overlay. A transaction must not be running. Values changed
    /// and changed back are not among them.
    /// </summary>
    public StateChanges Drain()
    {
        BeginTransaction();
        List<AccountChange> accounts = [];
        List<StorageChange> storage = [];
        SortedDictionary<Hash32, ReadOnlyMemory<byte>> codes = [];

        // In the order of addresses from the start: sorting references moves less than sorting changes.
        AccountEntry[] ordered = [.. CollectionsMarshal.AsSpan(_accounts)[.._accountCount]];
        Array.Sort(ordered, static (left, right) => left.Address.CompareTo(right.Address));
        foreach (AccountEntry account in ordered)
        {
            CollectAccount(account, accounts, codes);
            CollectStorage(account, storage);
        }

        storage.Sort(CompareSlots);
        Reset();
        return new StateChanges(
            accounts, storage, [.. codes.Select(static code => new CodeChange(code.Key, code.Value))]);
    }

    /// <summary>Drops everything, even a transaction that is running, and begins anew over another state.</summary>
    public void Restart(IStateReader reader)
    {
        BeginTransaction();
        Reset();
        _reader = reader;
    }

    private static int CompareSlots(StorageChange left, StorageChange right)
    {
        int order = left.Address.CompareTo(right.Address);
        return order != 0 ? order : left.Key.CompareTo(right.Key);
    }

    private void CollectAccount(
        AccountEntry account, List<AccountChange> accounts, SortedDictionary<Hash32, ReadOnlyMemory<byte>> codes)
    {
        bool wipes = account.StorageWiped && account.ExistedBefore;
        if (!account.Exists)
        {
            if (account.ExistedBefore)
            {
                accounts.Add(new AccountChange(account.Address, null, WipesStorage: true));
            }

            return;
        }

        if (!account.ExistedBefore || wipes || account.State != account.Before)
        {
            accounts.Add(new AccountChange(account.Address, account.State, wipes));
        }

        if (account.CodeHash != account.Before.CodeHash && _newCode.TryGetValue(account.CodeHash, out var code))
        {
            codes[account.CodeHash] = code;
        }
    }

    private void CollectStorage(AccountEntry account, List<StorageChange> storage)
    {
        for (int number = account.FirstSlot; number != AccountEntry.NoSlot; number = _slots[number].Next)
        {
            ref SlotEntry slot = ref _slots[number];
            if (slot.Current != slot.Before)
            {
                storage.Add(new StorageChange(account.Address, slot.Key, slot.Current));
            }
        }
    }

    private void Reset()
    {
        _slots.Clear();
        _accountsByAddress.Clear();
        _newCode.Clear();
        _accountCount = 0;

        // Emptying a table costs as much as it has grown to: one block of very many accounts would slow all others.
        _accountsByAddress.TrimExcess(KeptAccounts);
        _newCode.TrimExcess(KeptCodes);

        // No entry with a stamp is left, so transaction numbers never run out.
        _transaction = 1;
        if (_journal.Capacity > KeptJournalEntries)
        {
            _journal.Capacity = KeptJournalEntries;
        }

        if (_accounts.Count > KeptAccounts)
        {
            _accounts.RemoveRange(KeptAccounts, _accounts.Count - KeptAccounts);
            _accounts.TrimExcess();
        }
    }
}
