using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Execution;

/// <summary>What every account and storage slot that a block changed held before it.</summary>
/// <param name="Height">The block.</param>
/// <param name="Accounts">Each changed account once; null where it did not exist.</param>
/// <param name="Slots">Each changed slot once, those that a wipe took included; zero where it was empty.</param>
internal sealed record UndoSet(
    Height Height,
    IReadOnlyList<KeyValuePair<Address, AccountState?>> Accounts,
    IReadOnlyList<KeyValuePair<(Address Address, UInt256 Key), UInt256>> Slots)
{
    /// <summary>Reads what is needed of the state that the block has not been applied to yet.</summary>
    public static UndoSet Of(Height height, WorldState before, StateChanges changes)
    {
        KeyValuePair<Address, AccountState?>[] accounts = new KeyValuePair<Address, AccountState?>[changes.Accounts.Count];
        List<KeyValuePair<(Address, UInt256), UInt256>> slots = new(changes.Storage.Count);
        HashSet<Address> wiped = [];
        for (int i = 0; i < accounts.Length; i++)
        {
            AccountChange change = changes.Accounts[i];
            bool existed = before.TryGetAccount(change.Address, out AccountState state);
            accounts[i] = new(change.Address, existed ? state : null);
            if (change.WipesStorage && wiped.Add(change.Address))
            {
                slots.AddRange(before.SlotsOf(change.Address).Select(
                    slot => KeyValuePair.Create((change.Address, slot.Key), slot.Value)));
            }
        }

        foreach (StorageChange change in changes.Storage)
        {
            UInt256 value = before.GetStorage(change.Address, change.Key);
            if (value.IsZero || !wiped.Contains(change.Address))
            {
                slots.Add(new((change.Address, change.Key), value));
            }
        }

        return new UndoSet(height, accounts, slots);
    }
}
