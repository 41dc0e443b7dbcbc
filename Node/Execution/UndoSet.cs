using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Execution;

/// <summary>
/// What every account and storage slot that a block changed held before it: each once and in ascending order. Making
/// one is all that the history of the state costs a commit. Immutable.
/// </summary>
internal sealed class UndoSet
{
    // What the arrays take for each, and the objects around them.
    internal const int AccountBytes = 104;
    internal const int SlotBytes = 88;
    internal const int BlockBytes = 128;

    private readonly (Address Address, AccountState? Before)[] _accounts;
    private readonly (SlotKey Key, UInt256 Before)[] _slots;

    private UndoSet(
        Height height, (Address Address, AccountState? Before)[] accounts, (SlotKey Key, UInt256 Before)[] slots)
    {
        Height = height;
        _accounts = accounts;
        _slots = slots;
    }

    /// <summary>The block.</summary>
    public Height Height { get; }

    /// <summary>Null where the account did not exist.</summary>
    public IReadOnlyList<(Address Address, AccountState? Before)> Accounts => _accounts;

    /// <summary>Those that a wipe took included; zero where the slot was empty.</summary>
    public IReadOnlyList<(SlotKey Key, UInt256 Before)> Slots => _slots;

    public long Bytes => BlockBytes + ((long)_accounts.Length * AccountBytes) + ((long)_slots.Length * SlotBytes);

    /// <summary>Reads what is needed of the state that the block has not been applied to yet.</summary>
    public static UndoSet Of(Height height, WorldState before, StateChanges changes)
    {
        (Address, AccountState?)[] accounts = new (Address, AccountState?)[changes.Accounts.Count];
        List<(SlotKey Key, UInt256)> slots = new(changes.Storage.Count);
        HashSet<Address> wiped = [];
        for (int i = 0; i < accounts.Length; i++)
        {
            AccountChange change = changes.Accounts[i];
            bool existed = before.TryGetAccount(change.Address, out AccountState state);
            accounts[i] = (change.Address, existed ? state : null);
            if (change.WipesStorage && wiped.Add(change.Address))
            {
                slots.AddRange(before.SlotsOf(change.Address).Select(
                    slot => (new SlotKey(change.Address, slot.Key), slot.Value)));
            }
        }

        foreach (StorageChange change in changes.Storage)
        {
            UInt256 value = before.GetStorage(change.Address, change.Key);
            if (value.IsZero || !wiped.Contains(change.Address))
            {
                slots.Add((new SlotKey(change.Address, change.Key), value));
            }
        }

        // The changes come in order; only what was wiped stands before them.
        if (wiped.Count > 0)
        {
            slots.Sort(static (left, right) => left.Key.CompareTo(right.Key));
        }

        return new UndoSet(height, accounts, [.. slots]);
    }

    /// <summary>False where the block did not change the account.</summary>
    public bool TryFindAccount(Address address, out AccountState? before)
    {
        int found = Find(_accounts, address);
        before = found < 0 ? null : _accounts[found].Before;
        return found >= 0;
    }

    /// <summary>False where the block did not change the slot.</summary>
    public bool TryFindSlot(SlotKey key, out UInt256 before)
    {
        int found = Find(_slots, key);
        before = found < 0 ? UInt256.Zero : _slots[found].Before;
        return found >= 0;
    }

    private static int Find<TKey, TValue>((TKey Key, TValue)[] sorted, TKey key)
        where TKey : IComparable<TKey>
    {
        int low = 0;
        int high = sorted.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = sorted[middle].Key.CompareTo(key);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}
