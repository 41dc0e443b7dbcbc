namespace EnergyChain.Simulation.Time;

/// <summary>
/// A node's clocks: the monotonic one follows virtual time and never jumps, the wall clock is off by what the faults
/// make of it. There are no timers of the framework here: whatever asked for one would not be deterministic.
/// </summary>
internal sealed class NodeClock(Timeline timeline, DateTimeOffset start) : TimeProvider
{
    /// <summary>How far the wall clock is ahead of true time.</summary>
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => timeline.Now;

    public override DateTimeOffset GetUtcNow() => start.AddTicks(timeline.Now) + Offset;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("What runs in the simulator has its timers as data.");
}
