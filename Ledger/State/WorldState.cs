using System.Runtime.InteropServices;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Ledger.Tree;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.State;

/// <summary>
/// The one live world state: accounts, storage and code in memory, and the tree that commits to them. Reads may run
/// side by side; <see cref="Apply"/> must run alone.
/// </summary>
/// <param name="hashSeed">
/// A number that outsiders do not know; see <see cref="AddressComparer"/> and <see cref="SlotKeyComparer"/>.
/// </param>
public sealed class WorldState(ulong hashSeed = 0) : IStateReader
{
    private readonly Dictionary<Address, AccountState> _accounts = new(new AddressComparer(hashSeed));
    private readonly Dictionary<Address, Dictionary<UInt256, UInt256>> _storage = new(new AddressComparer(hashSeed));
    private readonly Dictionary<Hash32, ReadOnlyMemory<byte>> _code = [];
    private readonly StateTree _tree = new();
    private readonly SlotKeyComparer _slotComparer = new(hashSeed);

    /// <summary>Root of the state tree.</summary>
    public Hash32 Root => _tree.Root;

    /// <summary>Root of the state tree before the last changes.</summary>
    public Hash32 RootBefore => _tree.RootBefore;

    public int AccountCount => _accounts.Count;

    /// <summary>
    /// The state that a genesis describes. An account with code starts with nonce 1, as one that was created does
    /// (EIP-161).
    /// </summary>
    public static WorldState FromGenesis(Genesis genesis, ulong hashSeed = 0)
    {
        List<AccountChange> accounts = [];
        List<StorageChange> storage = [];
        List<CodeChange> codes = [];
        foreach (GenesisAccount account in genesis.Accounts)
        {
            bool hasCode = account.Code.Length > 0;
            Hash32 codeHash = hasCode ? Keccak256.Hash(account.Code.Span) : AccountState.EmptyCodeHash;
            AccountState state = new(hasCode ? 1UL : 0UL, account.Balance, codeHash);
            if (state.IsEmpty)
            {
                continue;
            }

            accounts.Add(new AccountChange(account.Address, state, WipesStorage: false));
            storage.AddRange(account.Storage.Select(
                slot => new StorageChange(account.Address, slot.Key, slot.Value)));
            if (hasCode)
            {
                codes.Add(new CodeChange(codeHash, account.Code));
            }
        }

        WorldState world = new(hashSeed);
        world.Apply(new StateChanges(accounts, storage, codes));
        return world;
    }

    public bool TryGetAccount(Address address, out AccountState account) =>
        _accounts.TryGetValue(address, out account);

    public UInt256 GetStorage(Address address, in UInt256 key) =>
        _storage.TryGetValue(address, out Dictionary<UInt256, UInt256>? slots)
            ? slots.GetValueOrDefault(key)
            : UInt256.Zero;

    public ReadOnlyMemory<byte> GetCode(Hash32 codeHash) => _code.GetValueOrDefault(codeHash);

    /// <summary>The account's slots that are not zero, in no order; only until the next block is applied.</summary>
    public IReadOnlyCollection<KeyValuePair<UInt256, UInt256>> SlotsOf(Address address) =>
        _storage.TryGetValue(address, out Dictionary<UInt256, UInt256>? slots) ? slots : [];

    /// <summary>Makes a block's changes and updates the tree in one batch.</summary>
    public void Apply(StateChanges changes)
    {
        List<TreeChange> batch = new(changes.Accounts.Count + changes.Storage.Count);
        bool wiped = false;
        foreach (AccountChange change in changes.Accounts)
        {
            wiped |= change.WipesStorage && WipeStorage(change.Address, batch);
            SetAccount(change, batch);
        }

        foreach (StorageChange change in changes.Storage)
        {
            SetStorage(change);
            batch.Add(new TreeChange(
                StateKeys.OfSlot(change.Address, change.Key), StateKeys.ValueOf(change.Value)));
        }

        foreach (CodeChange change in changes.Codes)
        {
            _code.TryAdd(change.CodeHash, change.Code);
        }

        // Only a wipe can name a slot twice: deleted with its account and written again by the same block.
        _tree.Update(CollectionsMarshal.AsSpan(wiped ? LastOfEachKey(batch) : batch));
    }

    /// <summary>Proof of an account, or of its absence, against <see cref="Root"/>.</summary>
    public StateProof ProveAccount(Address address) => _tree.Prove(StateKeys.OfAccount(address));

    /// <summary>Proof of a storage word, or that it is zero, against <see cref="Root"/>.</summary>
    public StateProof ProveSlot(Address address, in UInt256 key) => _tree.Prove(StateKeys.OfSlot(address, key));

    /// <summary>
    /// As <see cref="ProveAccount"/>, against <see cref="RootBefore"/>: of the state before the last changes.
    /// </summary>
    public StateProof ProveAccountBefore(Address address) => _tree.ProveBefore(StateKeys.OfAccount(address));

    /// <summary>As <see cref="ProveSlot"/>, against <see cref="RootBefore"/>.</summary>
    public StateProof ProveSlotBefore(Address address, in UInt256 key) =>
        _tree.ProveBefore(StateKeys.OfSlot(address, key));

    /// <summary>A copy that later blocks do not touch; about 100 ms for a million accounts.</summary>
    public StateCopy Copy() => new(
        Root,
        [.. _accounts],
        _storage.ToDictionary(static slots => slots.Key, static slots => slots.Value.ToArray()),
        new Dictionary<Hash32, ReadOnlyMemory<byte>>(_code));

    private void SetAccount(AccountChange change, List<TreeChange> batch)
    {
        Hash32 key = StateKeys.OfAccount(change.Address);
        if (change.State is { } state)
        {
            _accounts[change.Address] = state;
            batch.Add(new TreeChange(key, StateKeys.ValueOf(state)));
        }
        else
        {
            _accounts.Remove(change.Address);
            batch.Add(TreeChange.Delete(key));
        }
    }

    private bool WipeStorage(Address address, List<TreeChange> batch)
    {
        if (!_storage.Remove(address, out Dictionary<UInt256, UInt256>? slots))
        {
            return false;
        }

        // The tree sorts its batch, so the order of the dictionary reaches nothing.
        foreach (UInt256 key in slots.Keys)
        {
            batch.Add(TreeChange.Delete(StateKeys.OfSlot(address, key)));
        }

        return true;
    }

    private void SetStorage(StorageChange change)
    {
        if (!_storage.TryGetValue(change.Address, out Dictionary<UInt256, UInt256>? slots))
        {
            slots = new Dictionary<UInt256, UInt256>(_slotComparer);
            _storage.Add(change.Address, slots);
        }

        if (!change.Value.IsZero)
        {
            slots[change.Key] = change.Value;
            return;
        }

        slots.Remove(change.Key);
        if (slots.Count == 0)
        {
            _storage.Remove(change.Address);
        }
    }

    private static List<TreeChange> LastOfEachKey(List<TreeChange> batch)
    {
        Dictionary<Hash32, TreeChange> last = [];
        foreach (TreeChange change in batch)
        {
            last[change.Key] = change;
        }

        return [.. last.Values];
    }
}
