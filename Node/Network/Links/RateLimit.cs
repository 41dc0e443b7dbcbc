namespace EnergyChain.Node.Network.Links;

/// <summary>
/// A token bucket that holds one second's worth. It never refuses: it says how long to wait before the next frame is
/// read, and HTTP/2 flow control then slows the sender. For one reader.
/// </summary>
internal sealed class RateLimit
{
    private readonly long _perSecond;
    private readonly TimeProvider _time;
    private long _tokens;
    private long _last;

    public RateLimit(long perSecond, TimeProvider time)
    {
        _perSecond = perSecond;
        _time = time;
        _tokens = perSecond;
        _last = time.GetTimestamp();
    }

    /// <summary>Takes tokens, into debt where they are short; the time until the debt is paid.</summary>
    public TimeSpan Take(long amount)
    {
        long now = _time.GetTimestamp();
        Int128 earned = (Int128)_time.GetElapsedTime(_last, now).Ticks * _perSecond / TimeSpan.TicksPerSecond;
        if (earned > 0)
        {
            _last = now;
            _tokens = (long)Int128.Min(_perSecond, _tokens + earned);
        }

        _tokens -= amount;
        return _tokens >= 0
            ? TimeSpan.Zero
            : TimeSpan.FromMicroseconds((double)((Int128)(-_tokens) * 1_000_000 / _perSecond));
    }
}
