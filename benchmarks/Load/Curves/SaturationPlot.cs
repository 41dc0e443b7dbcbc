using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace EnergyChain.Benchmarks.Load.Curves;

/// <summary>
/// A saturation curve as a picture: finality against the offered rate, a pair of lines for each council. The rate is in
/// percent of the machine's limit for so many validators, so that the councils stand side by side.
/// </summary>
internal static class SaturationPlot
{
    private const double Width = 900;
    private const double Height = 540;
    private const double Stroke = 2;
    private const double Marker = 3.5;
    private const double TitleDistance = 12;
    private const double LegendRoom = 16;
    private const double Percent = 100;

    private static readonly OxyColor[] Colours =
        [OxyColor.FromRgb(0x1B, 0x6C, 0xA8), OxyColor.FromRgb(0xD9, 0x6C, 0x06), OxyColor.FromRgb(0x3C, 0x8D, 0x40)];

    /// <summary>An SVG document.</summary>
    public static string Of(IReadOnlyList<SaturationPoint> points)
    {
        PlotModel model = new() { Title = "Finality against the offered rate", Background = OxyColors.White };
        model.Axes.Add(Axis(AxisPosition.Bottom, "offered transactions, % of what the machine verifies"));
        model.Axes.Add(Axis(AxisPosition.Left, "finality, ms"));
        model.Legends.Add(new Legend
        {
            LegendPosition = LegendPosition.RightTop,
            LegendPlacement = LegendPlacement.Outside,

            // The exporter guesses the width of the text, too low for some fonts, and cuts what goes beyond.
            LegendItemSpacing = LegendRoom,
            LegendSymbolMargin = Marker,
            LegendPadding = LegendRoom,
        });
        IEnumerable<IGrouping<int, SaturationPoint>> councils = points.GroupBy(point => point.Validators);
        foreach ((int place, IGrouping<int, SaturationPoint> council) in councils.Index())
        {
            OxyColor colour = Colours[place % Colours.Length];
            model.Series.Add(Line($"p50, {council.Key} validators", council, colour, LineStyle.Solid, of => of.P50));
            model.Series.Add(Line($"p99, {council.Key} validators", council, colour, LineStyle.Dash, of => of.P99));
        }

        return new SvgExporter { Width = Width, Height = Height }.ExportToString(model);
    }

    private static LinearAxis Axis(AxisPosition position, string title) => new()
    {
        Position = position,
        Title = title,
        AxisTitleDistance = TitleDistance,
        Minimum = 0,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = OxyColors.LightGray,
    };

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
            double share = point.Offered / point.Report.VerificationLimit;
            line.Points.Add(new DataPoint(share * Percent, value(point.Report.FinalityMs!)));
        }

        return line;
    }
}
