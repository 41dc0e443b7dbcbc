namespace EnergyChain.Node.Index.Parts;

/// <summary>Gathers the rows of a table, ascending, into chunks of about a page of the database.</summary>
internal sealed class RowChunkWriter
{
    /// <summary>Rows of a full chunk.</summary>
    public const int FullRows = 128;

    // A chunk and what LiteDB adds fit its page of 8,192 bytes; a single long row is a chunk of its own.
    private const int FullBytes = 7_000;

    private readonly ChunkWriter _writer = new();
    private ulong _lastPosition;
    private ulong _lastTimeMs;
    private int _rows;

    public bool IsEmpty => _rows == 0;

    public bool IsFull => _writer.Length >= FullBytes || _rows >= FullRows;

    public int Bytes => _writer.Length;

    public ulong FirstPosition { get; private set; }

    public ulong FirstTimeMs { get; private set; }

    public void Add(TransactionRow row)
    {
        Begin(row.Position, row.TimeMs);
        row.Encode(_writer);
    }

    public void Add(EventRow row)
    {
        Begin(row.Position, row.TimeMs);
        row.Encode(_writer);
    }

    public byte[] ToArray() => _writer.ToArray();

    public void Clear()
    {
        _writer.Clear();
        _rows = 0;
    }

    private void Begin(ulong position, ulong timeMs)
    {
        if (_rows++ == 0)
        {
            FirstPosition = _lastPosition = position;
            FirstTimeMs = _lastTimeMs = timeMs;
        }

        _writer.WriteNumber(position - _lastPosition);
        _writer.WriteNumber(timeMs - _lastTimeMs);
        _lastPosition = position;
        _lastTimeMs = timeMs;
    }
}
