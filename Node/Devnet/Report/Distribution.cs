namespace EnergyChain.Node.Devnet.Report;

/// <summary>Mean and percentiles (nearest rank) of a set of times in ms; null where there are none.</summary>
public sealed record Distribution(int Count, double? Mean, double? P50, double? P99, double? Max)
{
    public static Distribution Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0
            ? new Distribution(0, null, null, null, null)
            : new Distribution(
                sorted.Length, Rounded(sorted.Average()), Rank(sorted, 50), Rank(sorted, 99), Rounded(sorted[^1]));
    }

    private static double Rank(double[] sorted, int percent)
    {
        int rank = ((sorted.Length * percent) + 99) / 100;
        return Rounded(sorted[Math.Max(1, rank) - 1]);
    }

    private static double Rounded(double value) => Math.Round(value, 3);
}
