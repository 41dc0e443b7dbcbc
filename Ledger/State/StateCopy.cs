using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.State;

/// <summary>
/// The world state at one moment, apart from the live one, so that it can be written out while blocks go on.
/// </summary>
public sealed class StateCopy
{
    private readonly KeyValuePair<Address, AccountState>[] _accounts;
    private readonly Dictionary<Address, KeyValuePair<UInt256, UInt256>[]> _storage;
    private readonly Dictionary<Hash32, ReadOnlyMemory<byte>> _code;

    internal StateCopy(
        Hash32 root,
        KeyValuePair<Address, AccountState>[] accounts,
        Dictionary<Address, KeyValuePair<UInt256, UInt256>[]> storage,
        Dictionary<Hash32, ReadOnlyMemory<byte>> code)
    {
        Root = root;
        _accounts = accounts;
        _storage = storage;
        _code = code;
    }

    /// <summary>Root of the state tree.</summary>
    public Hash32 Root { get; }

    /// <summary>
    /// All entries in canonical order: code by hash, then accounts by address, each followed by its slots by key. The
    /// same state gives the same entries on every node. Sorts on first use.
    /// </summary>
    public IEnumerable<StateEntry> Entries()
    {
        SortedSet<Hash32> carried = [];
        foreach ((_, AccountState account) in _accounts)
        {
            if (account.HasCode)
            {
                carried.Add(account.CodeHash);
            }
        }

        foreach (Hash32 codeHash in carried)
        {
            yield return new StateEntry.Code(_code[codeHash]);
        }

        Array.Sort(_accounts, static (left, right) => left.Key.CompareTo(right.Key));
        foreach ((Address address, AccountState account) in _accounts)
        {
            yield return new StateEntry.Account(address, account);
            if (!_storage.TryGetValue(address, out KeyValuePair<UInt256, UInt256>[]? slots))
            {
                continue;
            }

            Array.Sort(slots, static (left, right) => left.Key.CompareTo(right.Key));
            foreach ((UInt256 key, UInt256 value) in slots)
            {
                yield return new StateEntry.Slot(address, key, value);
            }
        }
    }
}
