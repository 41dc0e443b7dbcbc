namespace EnergyChain.Devices.Meters;

/// <summary>The last intervals of a device, read in one message.</summary>
/// <param name="IntervalSeconds">Interval number = floor(unix seconds / this).</param>
/// <param name="Intervals">The kept intervals, newest first.</param>
public sealed record IntervalLatch(long IntervalSeconds, IReadOnlyList<LatchedInterval> Intervals)
{
    /// <summary>The kept interval with a number, or null.</summary>
    public LatchedInterval? Find(long interval)
    {
        foreach (LatchedInterval kept in Intervals)
        {
            if (kept.Interval == interval)
            {
                return kept;
            }
        }

        return null;
    }
}
