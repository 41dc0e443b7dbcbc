namespace EnergyChain.Benchmarks.Evm.Output;

/// <summary>All that a run found out.</summary>
/// <param name="Rounds">Rounds of each row.</param>
/// <param name="Rows">In order.</param>
/// <param name="AnvilVersion">Null where revm was not asked.</param>
/// <param name="StateTreeNanoseconds">
/// Writing what the block of 4,000 orders changed into the state and its tree; null where that block was not run.
/// </param>
internal sealed record BenchmarkReport(
    int Rounds, IReadOnlyList<BenchmarkRow> Rows, string? AnvilVersion, Spread? StateTreeNanoseconds)
{
    public int Failed => Rows.Count(row => !row.IsChecked);

    /// <summary>The part of a core that our rounds got, median of the rows.</summary>
    public double CoreShare => Spread.Of(Rows.Select(row => row.CoreShare)).Median;

    public BenchmarkRow? OrderBlock =>
        Rows.FirstOrDefault(row => row is { Group: BenchmarkGroup.Market, Calls: Market.MarketStory.OrdersOfBlock });

    /// <summary>Geometric mean of the ratios of a group's right rows; null where revm ran none.</summary>
    /// <param name="group">The group.</param>
    /// <param name="ratio">Which ratio of a row.</param>
    public double? Mean(BenchmarkGroup group, Func<BenchmarkRow, double?> ratio) =>
        Ratios(group, ratio) is { Length: > 0 } ratios ? Math.Exp(ratios.Average(Math.Log)) : null;

    /// <summary>The least ratio of a group's right rows; null where revm ran none.</summary>
    /// <param name="group">The group.</param>
    /// <param name="ratio">Which ratio of a row.</param>
    public double? Least(BenchmarkGroup group, Func<BenchmarkRow, double?> ratio) =>
        Ratios(group, ratio) is { Length: > 0 } ratios ? ratios.Min() : null;

    private double[] Ratios(BenchmarkGroup group, Func<BenchmarkRow, double?> ratio) =>
        [.. Rows.Where(row => row.IsChecked && row.Group == group).Select(ratio).OfType<double>()];
}
