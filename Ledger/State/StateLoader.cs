using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.State;

/// <summary>
/// Builds a world state from dumped entries one by one, from a checkpoint or a snapshot. Entries may be anything: what
/// is not the canonical dump of some state is refused.
/// </summary>
public sealed class StateLoader
{
    private readonly List<AccountChange> _accounts = [];
    private readonly List<StorageChange> _storage = [];
    private readonly List<CodeChange> _codes = [];
    private readonly Dictionary<Hash32, bool> _isCarried = [];

    /// <summary>False where the entry cannot follow those before it; the loader is then of no more use.</summary>
    public bool TryAdd(StateEntry entry) => entry switch
    {
        StateEntry.Code code => TryAddCode(code),
        StateEntry.Account account => TryAddAccount(account),
        StateEntry.Slot slot => TryAddSlot(slot),
        _ => false,
    };

    /// <summary>The state; null where code is missing or left over, or the root is not the expected one.</summary>
    public WorldState? Build(Hash32 expectedRoot, ulong hashSeed = 0)
    {
        if (_isCarried.ContainsValue(false))
        {
            return null;
        }

        WorldState state = new(hashSeed);
        state.Apply(new StateChanges(_accounts, _storage, _codes));
        return state.Root == expectedRoot ? state : null;
    }

    private bool TryAddCode(StateEntry.Code code)
    {
        Hash32 hash = Keccak256.Hash(code.Bytes.Span);
        bool inOrder = _codes.Count == 0 || _codes[^1].CodeHash.CompareTo(hash) < 0;
        if (!inOrder || _accounts.Count > 0 || code.Bytes.Length == 0)
        {
            return false;
        }

        _codes.Add(new CodeChange(hash, code.Bytes));
        _isCarried.Add(hash, false);
        return true;
    }

    private bool TryAddAccount(StateEntry.Account account)
    {
        bool inOrder = _accounts.Count == 0 || _accounts[^1].Address.CompareTo(account.Address) < 0;
        if (!inOrder || (account.State.HasCode && !_isCarried.ContainsKey(account.State.CodeHash)))
        {
            return false;
        }

        if (account.State.HasCode)
        {
            _isCarried[account.State.CodeHash] = true;
        }

        _accounts.Add(new AccountChange(account.Address, account.State, WipesStorage: false));
        return true;
    }

    private bool TryAddSlot(StateEntry.Slot slot)
    {
        bool ofLastAccount = _accounts.Count > 0 && _accounts[^1].Address == slot.Address;
        bool first = _storage.Count == 0 || _storage[^1].Address != slot.Address;
        bool inOrder = first || _storage[^1].Key < slot.Key;
        if (!ofLastAccount || !inOrder || slot.Value.IsZero)
        {
            return false;
        }

        _storage.Add(new StorageChange(slot.Address, slot.Key, slot.Value));
        return true;
    }
}
