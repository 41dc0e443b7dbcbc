namespace EnergyChain.Node.Consensus;

/// <summary>
/// Timers as data: the loop asks what is due, so that neither a starved thread pool nor a stepped clock moves them.
/// Due times are of the monotonic clock. Equal ones keep their order. Not thread-safe.
/// </summary>
internal sealed class HostTimers(TimeProvider time)
{
    private readonly PriorityQueue<HostTimer, (long Due, long Order)> _queue = new();
    private long _order;

    /// <summary>How long until the next is due, zero where one is; null where none waits.</summary>
    public TimeSpan? UntilNext => _queue.TryPeek(out _, out (long Due, long Order) next)
        ? TimeSpan.FromTicks(Math.Max(0, next.Due - Now()))
        : null;

    public int Count => _queue.Count;

    public void Schedule(HostTimer timer, TimeSpan delay) =>
        _queue.Enqueue(timer, (Now() + Math.Max(0, delay.Ticks), _order++));

    public bool TryTakeDue(out HostTimer? timer)
    {
        timer = null;
        return _queue.TryPeek(out _, out (long Due, long Order) next)
            && next.Due <= Now()
            && _queue.TryDequeue(out timer, out _);
    }

    public void Clear() => _queue.Clear();

    private long Now() => time.GetElapsedTime(0).Ticks;
}
