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
    private readonly (Address Address, int Start)[] _owners;

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

        // Which words are whose, so that a leaf can be told by its number alone.
        _owners = new (Address, int)[storage.Count];
        int owner = 0;
        int words = 0;
        foreach ((Address address, KeyValuePair<UInt256, UInt256>[] slots) in storage)
        {
            _owners[owner++] = (address, words);
            words += slots.Length;
        }

        LeafCount = accounts.Length + words;
    }

    /// <summary>Root of the state tree.</summary>
    public Hash32 Root { get; }

    /// <summary>Accounts and words together: the leaves of the tree.</summary>
    public int LeafCount { get; }

    /// <summary>
    /// The account or word of a number. The numbers hold until <see cref="Entries"/> is gone through, which sorts.
    /// </summary>
    public StateEntry LeafAt(int number)
    {
        if (number < _accounts.Length)
        {
            return new StateEntry.Account(_accounts[number].Key, _accounts[number].Value);
        }

        int word = number - _accounts.Length;
        int low = 0;
        int high = _owners.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _owners[middle].Start <= word ? (middle, high) : (low, middle - 1);
        }

        (Address address, int start) = _owners[low];
        (UInt256 key, UInt256 value) = _storage[address][word - start];
        return new StateEntry.Slot(address, key, value);
    }

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
