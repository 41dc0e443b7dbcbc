namespace EnergyChain.Devices.Modbus;

/// <summary>
/// Keeps the least time between messages to one gateway. Clients of units behind the same gateway share one.
/// Thread-safe.
/// </summary>
public sealed class MessagePacer(TimeSpan minimumGap, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private long _nextAllowed = long.MinValue;

    /// <summary>
    /// Waits for the caller's place; places are at least the gap apart and given in the order of asking.
    /// </summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (minimumGap <= TimeSpan.Zero)
        {
            return;
        }

        TimeSpan wait;
        lock (_lock)
        {
            long now = timeProvider.GetTimestamp();
            long place = Math.Max(now, _nextAllowed);
            _nextAllowed = place + ToTimestamp(minimumGap);
            wait = timeProvider.GetElapsedTime(now, place);
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, timeProvider, cancellationToken);
        }
    }

    /// <summary>
    /// Counts the gap from now on: called when an answer has come, so that the gap lies between messages.
    /// </summary>
    public void MessageEnded()
    {
        if (minimumGap <= TimeSpan.Zero)
        {
            return;
        }

        lock (_lock)
        {
            _nextAllowed = Math.Max(_nextAllowed, timeProvider.GetTimestamp() + ToTimestamp(minimumGap));
        }
    }

    private long ToTimestamp(TimeSpan span) =>
        (long)((Int128)span.Ticks * timeProvider.TimestampFrequency / TimeSpan.TicksPerSecond);
}
