namespace EnergyChain.Benchmarks.Evm;

/// <summary>Median and extremes of the rounds of one row.</summary>
internal readonly record struct Spread(double Median, double Minimum, double Maximum)
{
    /// <param name="values">At least one.</param>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }
}
