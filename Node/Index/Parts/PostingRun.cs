using EnergyChain.Core;

namespace EnergyChain.Node.Index.Parts;

/// <summary>
/// The positions under one key in memory: the first as it is, the others as differences in ULEB128. Most keys have one
/// and need no array.
/// </summary>
internal struct PostingRun
{
    private const int LongestNumber = 10;

    private ulong _first;
    private ulong _last;
    private byte[]? _differences;
    private int _length;

    public int Count { get; private set; }

    /// <summary>Bytes of the array.</summary>
    public readonly int Bytes => _differences?.Length ?? 0;

    /// <param name="position">Not below the last; the last again is passed over.</param>
    public void Add(ulong position)
    {
        if (Count == 0)
        {
            _first = _last = position;
            Count = 1;
            return;
        }

        Invariant.Check(position >= _last);
        if (position == _last)
        {
            return;
        }

        int capacity = _differences?.Length ?? 0;
        if (capacity - _length < LongestNumber)
        {
            Array.Resize(ref _differences, Math.Max(16, capacity * 3 / 2));
        }

        _length += Number.Write(_differences.AsSpan(_length), position - _last);
        _last = position;
        Count++;
    }

    /// <summary>The positions, ascending.</summary>
    public readonly Enumerator GetEnumerator() => new(this);

    /// <summary>
    /// The highest positions, so many at most, from one position to another, both included; ascending. Takes memory for
    /// those alone.
    /// </summary>
    public readonly ulong[] Highest(ulong from, ulong to, int limit)
    {
        ulong[] ring = new ulong[Math.Min(limit, Count)];
        int found = 0;
        foreach (ulong position in this)
        {
            if (position > to)
            {
                break;
            }

            if (position >= from)
            {
                ring[found++ % ring.Length] = position;
            }
        }

        if (found <= ring.Length)
        {
            return ring[..found];
        }

        int oldest = found % ring.Length;
        return [.. ring[oldest..], .. ring[..oldest]];
    }

    internal struct Enumerator(PostingRun run)
    {
        private int _taken;
        private int _at;

        public ulong Current { get; private set; }

        public bool MoveNext()
        {
            if (_taken == run.Count)
            {
                return false;
            }

            ulong difference = _taken++ == 0 ? run._first : 0;
            int shift = 0;
            byte next = (byte)(_taken == 1 ? 0 : 0x80);
            while (next >= 0x80)
            {
                next = run._differences![_at++];
                difference |= (ulong)(next & 0x7F) << shift;
                shift += 7;
            }

            Current += difference;
            return true;
        }
    }
}
