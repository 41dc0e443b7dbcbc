namespace EnergyChain.Processes.Links;

/// <summary>The quality of one direction as it changes, and when bytes that enter it come out. Thread-safe.</summary>
internal sealed class LinkDirection(TimeProvider time)
{
    private readonly Lock _lock = new();
    private LinkQuality _quality;
    private long _openSince = time.GetTimestamp();
    private TaskCompletionSource _opened = Completed();

    public void Set(LinkQuality quality)
    {
        lock (_lock)
        {
            if (quality.IsCut && !_quality.IsCut)
            {
                _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            else if (!quality.IsCut && _quality.IsCut)
            {
                _openSince = time.GetTimestamp();
                _opened.TrySetResult();
            }

            _quality = quality;
        }
    }

    /// <summary>When the last of some bytes that are sent now arrives, if the direction stays open.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="sent">When the bytes before them were sent; becomes when these are.</param>
    public long Arrival(int bytes, ref long sent)
    {
        lock (_lock)
        {
            long ticks = _quality.BytesPerSecond == 0
                ? 0
                : (long)((double)bytes * time.TimestampFrequency / _quality.BytesPerSecond);
            sent = Math.Max(time.GetTimestamp(), sent) + ticks;
            return sent + Ticks(_quality.Latency);
        }
    }

    /// <summary>
    /// Waits until what was due at an instant has arrived: not before, not while the direction is cut, and no sooner
    /// than the latency after it was mended.
    /// </summary>
    public async Task ArriveAsync(long due, CancellationToken cancellation)
    {
        while (true)
        {
            Task opened;
            long wait;
            lock (_lock)
            {
                opened = _opened.Task;
                long at = due >= _openSince ? due : _openSince + Ticks(_quality.Latency);
                wait = at - time.GetTimestamp();
            }

            if (!opened.IsCompleted)
            {
                await opened.WaitAsync(cancellation);
            }
            else if (wait > 0)
            {
                await PassAsync(wait, cancellation);
            }
            else
            {
                return;
            }
        }
    }

    private static TaskCompletionSource Completed()
    {
        TaskCompletionSource source = new();
        source.SetResult();
        return source;
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private async Task PassAsync(long ticks, CancellationToken cancellation)
    {
        TaskCompletionSource passed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TimeSpan span = TimeSpan.FromMilliseconds(Math.Ceiling(1_000.0 * ticks / time.TimestampFrequency));
        await using ITimer timer = time.CreateTimer(
            static state => ((TaskCompletionSource)state!).TrySetResult(), passed, span, Timeout.InfiniteTimeSpan);
        await passed.Task.WaitAsync(cancellation);
    }
}
