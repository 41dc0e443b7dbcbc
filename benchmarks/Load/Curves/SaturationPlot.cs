using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace EnergyChain.Benchmarks.Load.Curves;

/// <summary>
/// A saturation curve as a picture: finality against the committed rate, a pair of lines for each council.
/// </summary>
internal static class SaturationPlot
{
    private const double Width = 900;
    private const double Height = 540;
    private const double Stroke = 2;
    private const double Marker = 3.5;
    private const double LeastFinalityMs = 100;

    private static readonly OxyColor[] Colours =
        [OxyColor.FromRgb(0x1B, 0x6C, 0xA8), OxyColor.FromRgb(0xD9, 0x6C, 0x06), OxyColor.FromRgb(0x3C, 0x8D, 0x40)];

    /// <summary>An SVG document.</summary>
    public static string Of(IReadOnlyList<SaturationPoint> points)
    {
        PlotModel model = new() { Title = "Finality against committed transactions", Background = OxyColors.White };
        model.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Bottom,
            Title = "committed transactions per second",
            Minimum = 0,
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = OxyColors.LightGray,
        });
        model.Axes.Add(new LogarithmicAxis
        {
            Position = AxisPosition.Left,
            Title = "finality, ms",
            Minimum = LeastFinalityMs,
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = OxyColors.LightGray,
        });
        model.Legends.Add(new Legend { LegendPosition = LegendPosition.TopLeft });
        IEnumerable<IGrouping<int, SaturationPoint>> councils = points.GroupBy(point => point.Validators);
        foreach ((int place, IGrouping<int, SaturationPoint> council) in councils.Index())
        {
            OxyColor colour = Colours[place % Colours.Length];
            model.Series.Add(Line($"{council.Key} validators, p50", council, colour, LineStyle.Solid, of => of.P50));
            model.Series.Add(Line($"{council.Key} validators, p99", council, colour, LineStyle.Dash, of => of.P99));
        }

        return new SvgExporter { Width = Width, Height = Height }.ExportToString(model);
    }

    private static LineSeries Line(
        string title,
        IEnumerable<SaturationPoint> points,
        OxyColor colour,
        LineStyle style,
        Func<Distribution, double> value)
    {
        LineSeries line = new()
        {
            Title = title,
            Color = colour,
            LineStyle = style,
            StrokeThickness = Stroke,
            MarkerType = MarkerType.Circle,
            MarkerSize = Marker,
            MarkerFill = colour,
        };
        foreach (SaturationPoint point in points.Where(point => point.Report.FinalityMs is not null))
        {
            line.Points.Add(new DataPoint(point.Report.Tps, value(point.Report.FinalityMs!)));
        }

        return line;
    }
}
