namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// Whole blocks that were measured. The first one only says when the time began: its transactions were made in the
/// time before it.
/// </summary>
/// <param name="Blocks">In order of height, without gaps.</param>
internal sealed record BlockWindow(IReadOnlyList<TrailBlock> Blocks)
{
    private const double MillisecondsOfSecond = 1_000;

    /// <summary>Transactions of all blocks after the first.</summary>
    public long Transactions => Blocks.Skip(1).Sum(block => (long)block.Transactions);

    /// <summary>From header to header.</summary>
    public double Seconds => Blocks.Count == 0 ? 0 : (Blocks[^1].TimeMs - Blocks[0].TimeMs) / MillisecondsOfSecond;

    /// <summary>Transactions each second; 0 where there are not two blocks.</summary>
    public double Rate => Seconds > 0 ? Transactions / Seconds : 0;

    /// <summary>Milliseconds from each header to the next.</summary>
    public IEnumerable<double> Intervals =>
        Blocks.Zip(Blocks.Skip(1), (one, next) => (double)(next.TimeMs - one.TimeMs));

    /// <summary>
    /// The least rate over stretches of whole blocks that last at least so long, each as short as can be; that of all
    /// where all are shorter.
    /// </summary>
    public double LeastRate(double seconds)
    {
        double least = double.MaxValue;
        for (int first = 0; first < Blocks.Count; first++)
        {
            long until = Blocks[first].TimeMs + (long)(seconds * MillisecondsOfSecond);
            TrailBlock[] stretch = [.. Blocks.Skip(first).TakeWhile((_, place) =>
                place == 0 || Blocks[first + place - 1].TimeMs < until)];
            if (stretch[^1].TimeMs >= until)
            {
                least = Math.Min(least, new BlockWindow(stretch).Rate);
            }
        }

        return least == double.MaxValue ? Rate : least;
    }
}
