namespace EnergyChain.Dashboard.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">For legend and tooltip.</param>
/// <param name="Colour">A CSS colour; prefer the variables of theme.css, such as var(--pv).</param>
/// <param name="Points">By ascending time; keep them to <see cref="MaxPoints"/>.</param>
/// <param name="IsArea">Whether it is filled.</param>
public sealed record ChartSeries(string Name, string Colour, IReadOnlyList<ChartPoint> Points, bool IsArea = false)
{
    /// <summary>Points that a chart draws without becoming slow.</summary>
    public const int MaxPoints = 500;

    /// <summary>Every n-th of too many points, the last among them.</summary>
    public static IReadOnlyList<T> Thin<T>(IReadOnlyList<T> points)
    {
        int step = (points.Count + MaxPoints - 1) / MaxPoints;
        return step <= 1 ? points : [.. points.Where((_, i) => (points.Count - 1 - i) % step == 0)];
    }
}
