using System.Globalization;
using Spectre.Console;

namespace EnergyChain.Benchmarks.Evm.Output;

/// <summary>The figures for people.</summary>
internal static class BenchmarkTable
{
    // A quiet machine gives all of a core but for its own housekeeping.
    private const double QuietCoreShare = 0.97;

    public static void Write(BenchmarkReport report, IAnsiConsole console)
    {
        foreach (IGrouping<BenchmarkGroup, BenchmarkRow> group in report.Rows.GroupBy(row => row.Group))
        {
            bool hasRevm = group.Any(row => row.Revm is not null);
            console.Write(TableOf(group.Key, [.. group], hasRevm));
            if (hasRevm)
            {
                string Mean(Func<BenchmarkRow, double?> ratio) => Number(report.Mean(group.Key, ratio), "F2");
                string Least(Func<BenchmarkRow, double?> ratio) => Number(report.Least(group.Key, ratio), "F2");
                console.WriteLine(
                    $"{group.Key} against {report.AnvilVersion}: geometric mean {Mean(row => row.Ratio)}, least "
                    + $"{Least(row => row.Ratio)}; of the best rounds {Mean(row => row.BestRatio)} and "
                    + $"{Least(row => row.BestRatio)}.");
            }
        }

        foreach (BenchmarkRow row in report.Rows.Where(row => !row.IsChecked))
        {
            console.WriteLine($"FAILED {row.Name}: {row.Mistake}.");
        }

        if (report.OrderBlock is { } block)
        {
            string tree = report.StateTreeNanoseconds is { } update
                ? $"; writing them into the state and its tree takes {Number(update.Median / 1e6, "F0")} ms more"
                : "";
            console.WriteLine(
                $"{Number(block.Calls, "N0")} market transactions cost a validator "
                + $"{Number(block.Nanoseconds.Median / 1e6, "F0")} ms of execution, signatures apart{tree}.");
        }

        if (report.CoreShare < QuietCoreShare)
        {
            console.WriteLine(
                $"The machine was busy: our rounds got {Number(report.CoreShare * 100, "F0")} % of a core. Such "
                + "figures do not count; ratios may flatter us, as anvil's side waits for more threads.");
        }
    }

    private static Table TableOf(BenchmarkGroup group, IReadOnlyList<BenchmarkRow> rows, bool hasRevm)
    {
        bool isMarket = group == BenchmarkGroup.Market;
        Table table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(group.ToString());
        string[] columns =
        [
            "result", "gas", "Mgas/s", "ns/gas", "ms", "min..max ms", "B/call",
            .. isMarket ? ["calls", "us/call"] : Array.Empty<string>(),
            .. hasRevm ? ["revm Mgas/s", "ratio", "best"] : Array.Empty<string>(),
        ];
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (BenchmarkRow row in rows)
        {
            table.AddRow([.. Cells(row, isMarket, hasRevm).Select(Markup.Escape)]);
        }

        return table;
    }

    private static string[] Cells(BenchmarkRow row, bool isMarket, bool hasRevm) =>
    [
        row.Name,
        row.IsChecked ? "right" : "FAILED",
        Number(row.Gas, "N0"),
        Number(row.MegagasPerSecond, "N0"),
        Number(row.NanosecondsPerGas, "F2"),
        Milliseconds(row.Nanoseconds.Median),
        $"{Milliseconds(row.Nanoseconds.Minimum)}..{Milliseconds(row.Nanoseconds.Maximum)}",
        Number(row.AllocatedBytes / row.Calls, "N0"),
        .. isMarket
            ? [Number(row.Calls, "N0"), Number(row.NanosecondsPerCall / 1000, "F1")]
            : Array.Empty<string>(),
        .. hasRevm
            ? [Number(row.RevmMegagasPerSecond, "N0"), Number(row.Ratio, "F2"), Number(row.BestRatio, "F2")]
            : Array.Empty<string>(),
    ];

    private static string Milliseconds(double nanoseconds) => Number(nanoseconds / 1e6, "F2");

    private static string Number(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
