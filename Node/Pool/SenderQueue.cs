namespace EnergyChain.Node.Pool;

/// <summary>
/// The waiting transactions of one sender by nonce: first those that no lower nonce is missing for, their nonces one
/// after another, then those behind a gap. Not thread-safe.
/// </summary>
/// <param name="accountNonce">The account's nonce after the last block that the pool was told of.</param>
internal sealed class SenderQueue(ulong accountNonce)
{
    private const int FirstCapacity = 4;

    // From _first on; what comes goes to the end as a rule, and what is included leaves from the front.
    private PoolEntry?[] _entries = new PoolEntry?[FirstCapacity];
    private int _first;

    public int Count { get; private set; }

    /// <summary>How many, from the first on, no lower nonce is missing for.</summary>
    public int Ready { get; private set; }

    /// <summary>The lowest nonce, from the account's on, that is not here.</summary>
    public ulong NextNonce { get; private set; } = accountNonce;

    /// <summary>The place in the order of arrival of the one with the highest nonce; there must be one.</summary>
    public ulong LastSequence => this[Count - 1].Sequence;

    /// <summary>By nonce.</summary>
    public PoolEntry this[int index] => _entries[_first + index]!;

    public bool Has(ulong nonce) => IndexOf(nonce) >= 0;

    /// <summary>Where the entry with this nonce is; negative where there is none.</summary>
    public int IndexOf(ulong nonce)
    {
        if (nonce >= NextNonce)
        {
            int place = PlaceBehindGap(nonce);
            return place < Count && this[place].Nonce == nonce ? place : -1;
        }

        ulong back = NextNonce - nonce;
        return back <= (ulong)Ready ? Ready - (int)back : -1;
    }

    /// <summary>Where the nonces that follow one another from this entry on end: the index behind the last.</summary>
    public int EndOfRun(int index)
    {
        int end = Math.Max(index + 1, Ready);
        while (end < Count && this[end].Nonce == this[end - 1].Nonce + 1)
        {
            end++;
        }

        return end;
    }

    /// <summary>Adds an entry whose nonce is free; those behind it may have lost their gap then.</summary>
    public void Add(PoolEntry entry)
    {
        MakeRoom();
        int place = _first + PlaceBehindGap(entry.Nonce);
        int end = _first + Count;
        if (place < end)
        {
            Array.Copy(_entries, place, _entries, place + 1, end - place);
        }

        _entries[place] = entry;
        Count++;
        Advance();
    }

    /// <summary>Removes an entry that is here; those behind it have a gap then.</summary>
    public void Remove(PoolEntry entry)
    {
        int index = IndexOf(entry.Nonce);
        int place = _first + index;
        Count--;
        if (index == 0)
        {
            _entries[_first++] = null;
        }
        else
        {
            Array.Copy(_entries, place + 1, _entries, place, Count - index);
            _entries[_first + Count] = null;
        }

        if (index < Ready)
        {
            Ready = index;
            NextNonce = entry.Nonce;
        }
    }

    /// <summary>Takes out the first, where its nonce is below the account's new one.</summary>
    public bool TryTakePast(ulong newAccountNonce, out PoolEntry past)
    {
        past = null!;
        if (Count == 0 || this[0].Nonce >= newAccountNonce)
        {
            return false;
        }

        past = this[0];
        _entries[_first++] = null;
        Count--;
        Ready = Math.Max(Ready - 1, 0);
        return true;
    }

    /// <summary>
    /// The account's nonce has moved on and what is past was taken out; those that follow may have lost their gap then.
    /// </summary>
    public void MoveTo(ulong newAccountNonce)
    {
        NextNonce = Math.Max(NextNonce, newAccountNonce);
        Advance();
    }

    private void Advance()
    {
        while (Ready < Count && this[Ready].Nonce == NextNonce)
        {
            Ready++;
            NextNonce++;
        }
    }

    // Where a nonce that is not below the next one stands, or would.
    private int PlaceBehindGap(ulong nonce)
    {
        int low = Ready;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (this[middle].Nonce < nonce)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void MakeRoom()
    {
        if (_first + Count < _entries.Length)
        {
            return;
        }

        PoolEntry?[] from = _entries;
        _entries = Count > from.Length / 2 ? new PoolEntry?[from.Length * 2] : from;
        Array.Copy(from, _first, _entries, 0, Count);
        if (_entries == from)
        {
            Array.Clear(from, Count, from.Length - Count);
        }

        _first = 0;
    }
}
