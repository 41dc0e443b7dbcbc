using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>The figures for people and for machines; the names of the JSON are stable and carry the units.</summary>
internal static class FaultOutput
{
    private const int PipeWidth = 180;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Print(IReadOnlyList<FaultFigure> figures, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(Serialize(figures));
            return;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = PipeWidth;
        }

        Write(figures, console);
    }

    private static void Write(IReadOnlyList<FaultFigure> figures, IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("case", "what");
        foreach (string column in new[] { "n", "min ms", "mean ms", "max ms", "target", "held", "load" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (FaultFigure figure in figures)
        {
            table.AddRow(
                figure.Name,
                Markup.Escape(figure.What),
                figure.Values.Count.ToString(CultureInfo.InvariantCulture),
                Number(figure.Minimum, "N0"),
                Number(figure.Mean, "N0"),
                Number(figure.Maximum, "N0"),
                figure.Target,
                figure.Holds ? "yes" : "NO",
                figure.LoadBefore is { } load ? Number(load, "F1") : "");
        }

        console.Write(table);
        console.WriteLine(
            $"{Environment.ProcessorCount} processors; load is the machine's 1-minute average before the case began.");
    }

    private static string Serialize(IReadOnlyList<FaultFigure> figures) => JsonSerializer.Serialize(
        new
        {
            Runtime = RuntimeInformation.FrameworkDescription,
            Processors = Environment.ProcessorCount,
            Failed = figures.Count(figure => !figure.Holds),
            Figures = figures.Select(figure => new
            {
                figure.Name,
                figure.What,
                figure.Target,
                figure.Holds,
                MeanMs = figure.Mean,
                MinimumMs = figure.Minimum,
                MaximumMs = figure.Maximum,
                ValuesMs = figure.Values,
                LoadAverageBefore = figure.LoadBefore,
            }),
        },
        Format);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
