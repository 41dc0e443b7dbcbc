namespace EnergyChain.Node.Network;

/// <summary>
/// Lines that strangers can cause in the log, a few a minute: a flood must not fill the disk. What is left out is in
/// the metrics. Thread-safe.
/// </summary>
internal sealed class LogBudget(TimeProvider time)
{
    private const int LinesPerMinute = 20;

    private readonly Lock _lock = new();
    private long _since = time.GetTimestamp();
    private int _left = LinesPerMinute;

    public bool TryTake()
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_since) >= TimeSpan.FromMinutes(1))
            {
                _since = time.GetTimestamp();
                _left = LinesPerMinute;
            }

            _left = Math.Max(_left - 1, -1);
            return _left >= 0;
        }
    }
}
