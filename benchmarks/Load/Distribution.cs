namespace EnergyChain.Benchmarks.Load;

/// <summary>How some values lie; percentiles by nearest rank, so that each is one of the values.</summary>
internal sealed record Distribution(double Mean, double P50, double P95, double P99, double Max)
{
    /// <param name="values">In any order; null comes of none.</param>
    public static Distribution? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0
            ? null
            : new Distribution(
                sorted.Average(), At(sorted, 50), At(sorted, 95), At(sorted, 99), sorted[^1]);
    }

    private static double At(double[] sorted, int percent) =>
        sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)];
}
