namespace EnergyChain.Node.Index.Parts;

/// <summary>Walks all postings of a part in order, one segment in memory.</summary>
internal sealed class PostingCursor
{
    private readonly FilePart _part;
    private readonly Action<FilePart> _reading;
    private readonly IReadOnlyList<SegmentPlace> _places;
    private readonly List<(IndexKey Key, ulong Position)> _segment = [];
    private int _next;
    private int _at;

    public PostingCursor(FilePart part, Action<FilePart> reading)
    {
        _part = part;
        _reading = reading;
        reading(part);
        _places = part.Read(static (_, directories) => directories.Segments);
        Load();
    }

    public bool IsAtEnd => _at == _segment.Count;

    public IndexKey Key => _segment[_at].Key;

    public ulong Position => _segment[_at].Position;

    public void Move()
    {
        if (++_at == _segment.Count)
        {
            Load();
        }
    }

    private void Load()
    {
        _at = 0;
        _segment.Clear();
        if (_next < _places.Count)
        {
            _reading(_part);
            int chunk = _places[_next++].Chunk;
            Segment.ReadAll(_part.Read((database, _) => database.Chunk(chunk)), _segment);
        }
    }
}
