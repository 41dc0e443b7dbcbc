using EnergyChain.Client;

namespace EnergyChain.Dashboard.History;

/// <summary>
/// Histories that pages share, so that a day or month is read once and then only what is new. The least used is
/// forgotten when there are too many. Thread-safe; one reading of a history at a time.
/// </summary>
internal sealed class SlotHistories
{
    /// <summary>Histories in memory.</summary>
    public const int MaxHistories = 12;

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
            else if (_held.Count >= MaxHistories)
            {
                _held.RemoveLast();
            }

            held ??= new Held(new SlotHistory(key));
            _held.AddFirst(held);
            return held;
        }
    }

    private sealed record Held(SlotHistory History)
    {
        public SemaphoreSlim One { get; } = new(1);
    }
}
