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
    public readonly ulong[] ToArray()
    {
        ulong[] positions = new ulong[Count];
        if (Count == 0)
        {
            return positions;
        }

        ulong position = positions[0] = _first;
        int at = 0;
        for (int i = 1; i < positions.Length; i++)
        {
            ulong difference = 0;
            int shift = 0;
            byte next;
            do
            {
                next = _differences![at++];
                difference |= (ulong)(next & 0x7F) << shift;
                shift += 7;
            }
            while (next >= 0x80);

            positions[i] = position += difference;
        }

        return positions;
    }
}
