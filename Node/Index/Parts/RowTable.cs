namespace EnergyChain.Node.Index.Parts;

/// <summary>
/// The rows of a table of the part in memory: full chunks as they will be stored, and the one being filled.
/// </summary>
internal sealed class RowTable
{
    private readonly List<byte[]> _chunks = [];
    private readonly List<ChunkPlace> _places = [];
    private readonly RowChunkWriter _open = new();

    /// <summary>Bytes of the chunks.</summary>
    public long Bytes { get; private set; }

    public long Rows { get; private set; }

    public void Add(TransactionRow row)
    {
        CloseFull();
        _open.Add(row);
        Rows++;
    }

    public void Add(EventRow row)
    {
        CloseFull();
        _open.Add(row);
        Rows++;
    }

    /// <summary>Where all chunks begin, that being filled included.</summary>
    public ChunkPlace[] Places() =>
        _open.IsEmpty ? [.. _places] : [.. _places, OpenPlace()];

    /// <summary>The last chunk that begins at or before a position; false where none does.</summary>
    public bool TryFind(ulong position, out ChunkPlace place, out byte[] chunk)
    {
        if (!_open.IsEmpty && _open.FirstPosition <= position)
        {
            place = OpenPlace();
            chunk = _open.ToArray();
            return true;
        }

        int found = PlaceSearch.Last(_places, position);
        place = found < 0 ? default : _places[found];
        chunk = found < 0 ? [] : _chunks[found];
        return found >= 0;
    }

    /// <summary>The last chunk whose first row is not later than a time; false where none is.</summary>
    public bool TryFindTime(ulong timeMs, out ChunkPlace place, out byte[] chunk)
    {
        if (!_open.IsEmpty && _open.FirstTimeMs < timeMs)
        {
            place = OpenPlace();
            chunk = _open.ToArray();
            return true;
        }

        int found = PlaceSearch.LastBefore(_places, timeMs);
        place = found < 0 ? default : _places[found];
        chunk = found < 0 ? [] : _chunks[found];
        return found >= 0;
    }

    /// <summary>All chunks in order, for a file.</summary>
    public IEnumerable<(ChunkPlace Place, byte[] Bytes)> Chunks()
    {
        for (int i = 0; i < _chunks.Count; i++)
        {
            yield return (_places[i], _chunks[i]);
        }

        if (!_open.IsEmpty)
        {
            yield return (OpenPlace(), _open.ToArray());
        }
    }

    private ChunkPlace OpenPlace() => new(_open.FirstPosition, _open.FirstTimeMs, _chunks.Count);

    private void CloseFull()
    {
        if (_open.IsFull)
        {
            byte[] chunk = _open.ToArray();
            _places.Add(OpenPlace());
            _chunks.Add(chunk);
            _open.Clear();
            Bytes += chunk.Length;
        }
    }
}
