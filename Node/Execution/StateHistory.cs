using EnergyChain.Core;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Execution;

/// <summary>
/// How to get back from the live state to that after any of the recent blocks: the undo sets of these blocks, by key.
/// Bounded in blocks and in bytes, the oldest blocks go first. Reads may run side by side, <see cref="Add"/> alone.
/// </summary>
/// <param name="head">Height of the live state.</param>
/// <param name="options">The bounds, and the seed of the hash tables.</param>
internal sealed class StateHistory(Height head, ChainOptions options)
{
    // Estimates of what the tables of .NET take, with their spare places.
    internal const int BlockBytes = 128;
    internal const int KeyBytes = 200;
    internal const int AccountBytes = 176;
    internal const int SlotBytes = 144;

    private readonly SlotKeyComparer _slotComparer = new(options.HashSeed);
    private readonly Dictionary<Address, Versions<AccountState?>> _accounts =
        new(new AddressComparer(options.HashSeed));
    private readonly Dictionary<Address, Dictionary<UInt256, Versions<UInt256>>> _slots =
        new(new AddressComparer(options.HashSeed));
    private readonly Queue<BlockKeys> _blocks = [];

    /// <summary>Height of the live state.</summary>
    public Height Last { get; private set; } = head;

    /// <summary>The lowest height whose state, after its block, can be read.</summary>
    public Height First => new(Last.Value - (ulong)_blocks.Count);

    /// <summary>Estimate of what it takes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds the undo set of the next block and drops what is over the bounds.</summary>
    public void Add(UndoSet undo)
    {
        Invariant.Check(undo.Height == Last.Next);
        ulong height = undo.Height.Value;
        foreach ((Address address, AccountState? before) in undo.Accounts)
        {
            VersionsOf(_accounts, address).Add(height, before);
        }

        foreach (((Address address, UInt256 key), UInt256 before) in undo.Slots)
        {
            if (!_slots.TryGetValue(address, out Dictionary<UInt256, Versions<UInt256>>? slots))
            {
                slots = new Dictionary<UInt256, Versions<UInt256>>(_slotComparer);
                _slots.Add(address, slots);
                Bytes += KeyBytes;
            }

            VersionsOf(slots, key).Add(height, before);
        }

        BlockKeys keys = new(
            height, [.. undo.Accounts.Select(pair => pair.Key)], [.. undo.Slots.Select(pair => pair.Key)]);
        _blocks.Enqueue(keys);
        Bytes += keys.Bytes;
        Last = undo.Height;
        while (_blocks.Count > 0 && (_blocks.Count > options.HistoryBlocks || Bytes > options.HistoryBytes))
        {
            Drop(_blocks.Dequeue());
        }
    }

    /// <summary>What the account was after the block of this height; false where it is now what it was then.</summary>
    public bool TryFindAccount(Address address, Height height, out AccountState? then)
    {
        then = null;
        return _accounts.TryGetValue(address, out Versions<AccountState?>? versions)
            && versions.TryFindAfter(height.Value, out then);
    }

    /// <inheritdoc cref="TryFindAccount"/>
    public bool TryFindSlot(Address address, in UInt256 key, Height height, out UInt256 then)
    {
        then = UInt256.Zero;
        return _slots.TryGetValue(address, out Dictionary<UInt256, Versions<UInt256>>? slots)
            && slots.TryGetValue(key, out Versions<UInt256>? versions)
            && versions.TryFindAfter(height.Value, out then);
    }

    private Versions<TValue> VersionsOf<TKey, TValue>(Dictionary<TKey, Versions<TValue>> table, TKey key)
        where TKey : notnull
    {
        if (!table.TryGetValue(key, out Versions<TValue>? versions))
        {
            versions = new Versions<TValue>();
            table.Add(key, versions);
            Bytes += KeyBytes;
        }

        return versions;
    }

    private void Drop(BlockKeys keys)
    {
        foreach (Address address in keys.Accounts)
        {
            DropVersion(_accounts, address, keys.Height);
        }

        foreach ((Address address, UInt256 key) in keys.Slots)
        {
            Dictionary<UInt256, Versions<UInt256>> slots = _slots[address];
            DropVersion(slots, key, keys.Height);
            if (slots.Count == 0)
            {
                _slots.Remove(address);
                Bytes -= KeyBytes;
            }
        }

        Bytes -= keys.Bytes;
    }

    private void DropVersion<TKey, TValue>(Dictionary<TKey, Versions<TValue>> table, TKey key, ulong height)
        where TKey : notnull
    {
        Versions<TValue> versions = table[key];
        versions.Drop(height);
        if (versions.IsEmpty)
        {
            table.Remove(key);
            Bytes -= KeyBytes;
        }
    }

    private sealed record BlockKeys(ulong Height, Address[] Accounts, (Address Address, UInt256 Key)[] Slots)
    {
        public long Bytes => BlockBytes + ((long)Accounts.Length * AccountBytes) + ((long)Slots.Length * SlotBytes);
    }
}
