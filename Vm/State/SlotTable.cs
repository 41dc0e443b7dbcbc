using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.State;

/// <summary>
/// Slots by (account, key): dense entries, found through an open-addressed index with linear probing. Entries are
/// only ever added; <see cref="Clear"/> drops them all and keeps bounded memory for the next block.
/// </summary>
/// <param name="seed">Keeps whoever does not know it from choosing keys that collide; it changes no result.</param>
internal sealed class SlotTable(ulong seed)
{
    private const int InitialCapacity = 256;
    private const int KeptCapacity = 1 << 16;

    private SlotEntry[] _entries = new SlotEntry[InitialCapacity];

    // Entry number + 1; zero is a free place. Twice the capacity, so at most half full.
    private int[] _index = new int[InitialCapacity * 2];

    public int Count { get; private set; }

    /// <summary>Valid until the next <see cref="FindOrAdd"/>.</summary>
    public ref SlotEntry this[int slot] => ref _entries[slot];

    /// <summary>The slot's number, or -1.</summary>
    public int Find(int account, in UInt256 key)
    {
        int place = Probe(account, key);
        return _index[place] - 1;
    }

    /// <summary>The slot's number; a new one carries only its account and key.</summary>
    public int FindOrAdd(int account, in UInt256 key, out bool added)
    {
        int place = Probe(account, key);
        int slot = _index[place] - 1;
        added = slot < 0;
        if (!added)
        {
            return slot;
        }

        if (Count == _entries.Length)
        {
            Grow();
            place = Probe(account, key);
        }

        slot = Count++;
        _index[place] = slot + 1;
        _entries[slot] = new SlotEntry { Key = key, Account = account, Next = AccountEntry.NoSlot };
        return slot;
    }

    public void Clear()
    {
        if (_entries.Length > KeptCapacity)
        {
            _entries = new SlotEntry[InitialCapacity];
            _index = new int[InitialCapacity * 2];
        }
        else if (Count > 0)
        {
            Array.Clear(_index);
        }

        Count = 0;
    }

    private int Probe(int account, in UInt256 key)
    {
        int mask = _index.Length - 1;
        int place = Hash(account, key) & mask;
        while (true)
        {
            int slot = _index[place] - 1;
            if (slot < 0)
            {
                return place;
            }

            ref SlotEntry entry = ref _entries[slot];
            if (entry.Account == account && entry.Key == key)
            {
                return place;
            }

            place = (place + 1) & mask;
        }
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        _index = new int[_entries.Length * 2];
        for (int slot = 0; slot < Count; slot++)
        {
            _index[Probe(_entries[slot].Account, _entries[slot].Key)] = slot + 1;
        }
    }

    private int Hash(int account, in UInt256 key) => (int)(key.Mix(unchecked(seed + (uint)account)) >> 33);
}
