using EnergyChain.Client;

namespace EnergyChain.Dashboard.History;

/// <summary>
/// Histories that pages share, so that a day or month is read once and then only what is new. The least used is
/// forgotten when there are too many, or too many rows in them. Thread-safe; one reading of a history at a time.
/// </summary>
internal sealed class SlotHistories
{
    /// <summary>Histories in memory.</summary>
    public const int MaxHistories = 128;

    /// <summary>Rows of all of them, about half a kilobyte each; the last one read stays whatever its size.</summary>
    public const int MaxRows = 250_000;

    private readonly Lock _lock = new();
    private readonly LinkedList<Held> _held = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>Brings a history up to now and computes from it.</summary>
    public async Task<T> ReadAsync<T>(
        INodeClient node, HistoryKey key, Func<SlotHistory, T> fold, CancellationToken cancellationToken)
    {
        Held held = Of(key);
        await held.One.WaitAsync(cancellationToken);
        try
        {
            await held.History.RefreshAsync(node, cancellationToken);
            MakeRoom(held);
            return fold(held.History);
        }
        finally
        {
            held.One.Release();
        }
    }

    private Held Of(HistoryKey key)
    {
        lock (_lock)
        {
            Held? held = _held.FirstOrDefault(each => each.History.Key == key);
            if (held is not null)
            {
                _held.Remove(held);
            }

            held ??= new Held(new SlotHistory(key));
            _held.AddFirst(held);
            return held;
        }
    }

    private void MakeRoom(Held read)
    {
        lock (_lock)
        {
            read.Rows = read.History.Rows;
            int rows = _held.Sum(held => held.Rows);
            while (_held.Last?.Value is { } least
                && !ReferenceEquals(least, read)
                && (_held.Count > MaxHistories || rows > MaxRows))
            {
                _held.RemoveLast();
                rows -= least.Rows;
            }
        }
    }

    private sealed class Held(SlotHistory history)
    {
        public SlotHistory History => history;

        /// <summary>As of its last reading.</summary>
        public int Rows { get; set; }

        public SemaphoreSlim One { get; } = new(1);
    }
}
