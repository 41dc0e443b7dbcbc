using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace EnergyChain.Benchmarks.Load.Endurance;

/// <summary>
/// The command line of <c>benchmarks -- shortest</c>: the least block interval at which four validators stay stable.
/// </summary>
internal sealed class ShortestCommand
{
    /// <summary>Stable: the mean interval is no longer than the chain's by this share of it.</summary>
    private const double MeanSlack = 0.10;

    /// <summary>Stable: and of a hundred intervals at most one is longer than so many of the chain's.</summary>
    private const double MostIntervals = 3;

    /// <summary>Stable: and so much of what was offered is committed in the same time.</summary>
    private const double LeastCommitted = 0.98;

    private readonly Option<int> _rate = LoadCommandLine.Count("--rate", "Transactions each second", 1_000);
    private readonly Option<int> _seconds = LoadCommandLine.Count("--seconds", "Seconds that are measured", 20);

    private readonly Option<string> _intervals = new("--intervals")
    {
        Description = "Block intervals in ms",
        DefaultValueFactory = _ => "1000,500,350,250,200,150,120,100",
    };

    public static Task<int> RunAsync(string[] arguments)
    {
        ShortestCommand command = new();
        RootCommand root = new("The least block interval at which four validators stay stable.")
        {
            command._rate,
            command._seconds,
            command._intervals,
        };
        root.SetAction((parsed, cancellation) =>
            LoadCommandLine.GuardAsync(() => command.RunAsync(parsed, cancellation), cancellation));
        return LoadCommandLine.InvokeAsync(root, arguments);
    }

    /// <summary>Whether a network with this interval kept it and took what it was offered.</summary>
    public static bool IsStable(LoadReport report) => report.Violations.Count == 0
        && report.IntervalMs is { } interval
        && interval.Mean <= report.BlockIntervalMs * (1 + MeanSlack)
        && interval.P99 <= report.BlockIntervalMs * MostIntervals
        && report.Tps >= report.Rate * LeastCommitted;

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns(
            "interval ms", "mean", "p50", "p99", "TPS", "finality p50", "p99", "stable");
        ulong? shortest = null;
        foreach (int interval in LoadCommandLine.Numbers("--intervals", parsed.GetRequiredValue(_intervals)))
        {
            LoadOptions options = new()
            {
                BlockIntervalMs = (ulong)interval,
                Rate = parsed.GetValue(_rate),
                Seconds = parsed.GetValue(_seconds),
            };
            LoadOptionsCheck.Run(options);
            LoadReport report = await new LoadRun(options, Console.Error).RunAsync(cancellationToken);
            bool stable = IsStable(report);
            shortest = stable && (shortest is null || options.BlockIntervalMs < shortest)
                ? options.BlockIntervalMs
                : shortest;
            table.AddRow(
                Text(interval),
                Text(report.IntervalMs?.Mean),
                Text(report.IntervalMs?.P50),
                Text(report.IntervalMs?.P99),
                Text(report.Tps),
                Text(report.FinalityMs?.P50),
                Text(report.FinalityMs?.P99),
                stable ? "yes" : "NO");
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(shortest is { } least ? $"least stable interval: {least} ms" : "none was stable");
        return shortest is null ? LoadCommandLine.Failed : LoadCommandLine.Passed;
    }

    private static string Text(double? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "";
}
