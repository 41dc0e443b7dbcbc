using System.CommandLine;

namespace EnergyChain.Benchmarks.Load.Curves;

/// <summary>The command line of <c>benchmarks -- saturation</c>.</summary>
internal sealed class SaturationCommand
{
    private readonly Option<int> _seconds = LoadCommandLine.Count("--seconds", "Seconds of each rate", 20);

    private readonly Option<string> _validators = new("--validators")
    {
        Description = "Sizes of the council",
        DefaultValueFactory = _ => "1,4,7",
    };

    private readonly Option<string> _percents = new("--percents")
    {
        Description = "Rates in percent of the highest",
        DefaultValueFactory = _ => "10,25,50,70,85,100,120,150",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder for saturation.csv and saturation.svg",
        DefaultValueFactory = _ => Path.Combine("docs", "performance"),
    };

    public static Task<int> RunAsync(string[] arguments)
    {
        SaturationCommand command = new();
        RootCommand root = new("Finality against rate, from a tenth of what a network takes to more than that.")
        {
            command._validators,
            command._percents,
            command._seconds,
            command._out,
        };
        root.SetAction((parsed, cancellation) =>
            LoadCommandLine.GuardAsync(() => command.RunAsync(parsed, cancellation), cancellation));
        return LoadCommandLine.InvokeAsync(root, arguments);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string folder = parsed.GetRequiredValue(_out);
        IReadOnlyList<SaturationPoint> points = await SaturationRun.RunAsync(
            LoadCommandLine.Numbers("--validators", parsed.GetRequiredValue(_validators)),
            LoadCommandLine.Numbers("--percents", parsed.GetRequiredValue(_percents)),
            parsed.GetValue(_seconds),
            Console.Error,
            cancellationToken);
        Directory.CreateDirectory(folder);
        string csv = SaturationCsv.Of(points);
        await File.WriteAllTextAsync(Path.Combine(folder, "saturation.csv"), csv, cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "saturation.svg"), SaturationPlot.Of(points), cancellationToken);
        Console.Write(csv);
        string[] violations = [.. points.SelectMany(point => point.Report.Violations.Select(
            violation => $"FAILED {point.Validators} validators at {point.Offered}/s: {violation}"))];
        Array.ForEach(violations, Console.WriteLine);
        return violations.Length == 0 ? LoadCommandLine.Passed : LoadCommandLine.Failed;
    }
}
