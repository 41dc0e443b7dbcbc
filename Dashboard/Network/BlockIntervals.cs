using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Text;

namespace EnergyChain.Dashboard.Network;

/// <summary>The times between following blocks. Times are the chain's, in ms.</summary>
public sealed record BlockIntervals
{
    private const int MostBuckets = 16;

    private static readonly long[] Widths =
        [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000, 600_000, 3_600_000, 86_400_000];

    /// <summary>How many there are; 0 with fewer than two blocks, and then the rest is 0 as well.</summary>
    public required int Count { get; init; }

    public required long MeanMs { get; init; }

    public required long MedianMs { get; init; }

    /// <summary>19 of 20 are not longer.</summary>
    public required long P95Ms { get; init; }

    public required long LongestMs { get; init; }

    /// <summary>Ascending, without gaps.</summary>
    public required IReadOnlyList<IntervalBucket> Buckets { get; init; }

    /// <param name="blocks">Newest first.</param>
    public static BlockIntervals Of(IReadOnlyList<BlockRow> blocks)
    {
        long[] sorted = [.. blocks
            .Zip(blocks.Skip(1))
            .Where(static pair => pair.First.Height.Value == pair.Second.Height.Value + 1)
            .Select(static pair => (long)(pair.First.Time.UnixMs - pair.Second.Time.UnixMs))
            .Order()];
        return new BlockIntervals
        {
            Count = sorted.Length,
            MeanMs = sorted.Length == 0 ? 0 : sorted.Sum() / sorted.Length,
            MedianMs = At(sorted, 50),
            P95Ms = At(sorted, 95),
            LongestMs = At(sorted, 100),
            Buckets = BucketsOf(sorted),
        };
    }

    // The least one that so many per cent do not exceed.
    private static long At(long[] sorted, int percent) =>
        sorted.Length == 0 ? 0 : sorted[Math.Max(0, (((sorted.Length * percent) + 99) / 100) - 1)];

    private static List<IntervalBucket> BucketsOf(long[] sorted)
    {
        List<IntervalBucket> buckets = [];
        if (sorted.Length == 0)
        {
            return buckets;
        }

        long width = Widths.FirstOrDefault(
            each => (sorted[^1] / each) - (sorted[0] / each) < MostBuckets, Widths[^1]);
        long last = Math.Min(sorted[^1] / width, (sorted[0] / width) + MostBuckets - 1);
        for (long bucket = sorted[0] / width; bucket <= last; bucket++)
        {
            int count = sorted.Count(each => Math.Min(each / width, last) == bucket);
            string label = Digits.Scaled(bucket * width, 3, 2, width % 100 == 0 ? 1 : 2);
            buckets.Add(new IntervalBucket(label, count));
        }

        return buckets;
    }
}
