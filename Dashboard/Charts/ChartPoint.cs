namespace EnergyChain.Dashboard.Charts;

/// <summary>A point of a time series. A chart is the one place where amounts become floating point.</summary>
/// <param name="Time">In the site's zone.</param>
/// <param name="Value">In the unit of the chart.</param>
public sealed record ChartPoint(DateTime Time, double Value);
