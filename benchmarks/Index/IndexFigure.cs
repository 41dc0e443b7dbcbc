namespace EnergyChain.Benchmarks.Index;

/// <summary>One figure of the benchmark of the history index.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Of the figure.</param>
/// <param name="Limit">What it must reach or keep to; null where it is only told.</param>
/// <param name="Holds">Whether it does.</param>
internal sealed record IndexFigure(string Name, double Value, string Unit, double? Limit, bool Holds)
{
    public static IndexFigure Told(string name, double value, string unit) => new(name, value, unit, null, true);

    public static IndexFigure AtLeast(string name, double value, string unit, double limit) =>
        new(name, value, unit, limit, value >= limit);

    public static IndexFigure AtMost(string name, double value, string unit, double limit) =>
        new(name, value, unit, limit, value <= limit);
}
