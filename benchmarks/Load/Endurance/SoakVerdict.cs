using System.Globalization;

namespace EnergyChain.Benchmarks.Load.Endurance;

/// <summary>
/// Whether a long run was steady. The last third is held against the middle one: in the first caches fill and code is
/// still compiled.
/// </summary>
internal static class SoakVerdict
{
    /// <summary>Memory may differ by so much: the collector frees by fits and starts.</summary>
    public const double MemoryGrowth = 0.10;

    /// <summary>The pool may differ by so much and so many: a look may come before a block or after it.</summary>
    public const double QueueGrowth = 0.5;
    public const long QueueSlack = 1_000;

    /// <summary>The mean interval may differ by so much.</summary>
    public const double IntervalDrift = 0.02;

    private const int LeastPoints = 9;

    /// <summary>What was not steady; empty for a run that was.</summary>
    /// <param name="points">In order, at least nine.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<SeriesPoint> points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Count, LeastPoints);
        int third = points.Count / 3;
        SeriesPoint[] middle = [.. points.Skip(third).Take(third)];
        SeriesPoint[] last = [.. points.TakeLast(third)];
        List<string> found = [];
        double memoryBefore = middle.Average(point => (double)point.RssBytes);
        double memory = last.Average(point => (double)point.RssBytes);
        if (memory > memoryBefore * (1 + MemoryGrowth))
        {
            found.Add(Text($"memory grew from {memoryBefore / 1e6:F0} to {memory / 1e6:F0} MB"));
        }

        double queueBefore = middle.Average(point => (double)point.PoolTransactions);
        double queue = last.Average(point => (double)point.PoolTransactions);
        if (queue > (queueBefore * (1 + QueueGrowth)) + QueueSlack)
        {
            found.Add(Text($"the pool grew from {queueBefore:F0} to {queue:F0} transactions"));
        }

        double intervalBefore = IntervalOf(middle);
        double interval = IntervalOf(last);
        if (Math.Abs(interval - intervalBefore) > intervalBefore * IntervalDrift)
        {
            found.Add(Text($"the mean interval went from {intervalBefore:F0} to {interval:F0} ms"));
        }

        return found;
    }

    private static double IntervalOf(SeriesPoint[] points) =>
        (double)(points[^1].HeadTimeMs - points[0].HeadTimeMs) / Math.Max(1, points[^1].Height - points[0].Height);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
