namespace EnergyChain.Benchmarks.Faults;

/// <summary>One measured figure against its target. Times in milliseconds.</summary>
/// <param name="Name">What <c>--only</c> calls it.</param>
/// <param name="What">What was measured.</param>
/// <param name="Values">At least one.</param>
/// <param name="Target">The target in words.</param>
/// <param name="Holds">Whether it was met.</param>
/// <param name="LoadBefore">Load average of the machine (1 minute) before any of our processes ran.</param>
internal sealed record FaultFigure(
    string Name, string What, IReadOnlyList<double> Values, string Target, bool Holds, double? LoadBefore)
{
    public double Mean => Values.Average();

    public double Minimum => Values.Min();

    public double Maximum => Values.Max();

    public static FaultFigure Below(string name, string what, IReadOnlyList<double> values, double limitMs) =>
        new(name, what, values, $"each < {limitMs:0} ms", values.Max() < limitMs, null);

    public static FaultFigure MeanWithin(
        string name, string what, IReadOnlyList<double> values, double meanMs, double percent) =>
        new(
            name,
            what,
            values,
            $"mean {meanMs:0} ms ± {percent:0} %",
            Math.Abs(values.Average() - meanMs) <= meanMs * percent / 100,
            null);
}
