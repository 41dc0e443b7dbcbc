using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace EnergyChain.Benchmarks.Load;

/// <summary>A report for people and for machines.</summary>
internal static class LoadOutput
{
    private const int PipeWidth = 140;
    private const double Mebibyte = 1_024 * 1_024;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Shows a report, writes it where asked to, and gives the exit code.</summary>
    public static async Task<int> FinishAsync(LoadReport report, string? jsonPath)
    {
        Print(report);
        if (jsonPath is not null)
        {
            await File.WriteAllTextAsync(jsonPath, ToJson(report), CancellationToken.None);
        }

        return report.Violations.Count == 0 ? LoadCommandLine.Passed : LoadCommandLine.Failed;
    }

    public static string ToJson(LoadReport report) => JsonSerializer.Serialize(report, Format);

    private static void Print(LoadReport report)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = PipeWidth;
        }

        console.Write(Figures(report));
        console.Write(Nodes(report));
        foreach (string violation in report.Violations)
        {
            console.WriteLine("FAILED " + violation);
        }
    }

    private static Table Figures(LoadReport report)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns(
            $"{report.Validators} validators, {report.Relays} relays, {report.Workload}", "");
        string offered = report.Rate is { } rate ? $"{rate:N0}/s" : "as many as sustained";
        table.AddRow("offered", offered);
        table.AddRow("committed TPS", $"{N(report.Tps)} (least over 5 s {N(report.TpsMin5s)})");
        table.AddRow(
            "verification limit",
            $"{N(report.VerificationLimit)}/s (before {N(report.VerificationLimitBefore)}, "
            + $"after {N(report.VerificationLimitAfter)})");
        table.AddRow("ratio", N(report.Ratio, "N3"));
        table.AddRow("block interval ms", Text(report.IntervalMs));
        table.AddRow("finality ms", Text(report.FinalityMs));
        table.AddRow("cpu us/transaction", Text(report.CpuUsPerTransaction));
        table.AddRow("generator us/transaction", N(report.GeneratorCpuUsPerTransaction, "N1"));
        table.AddRow("peak memory MiB", N(report.PeakRssBytes / Mebibyte));
        table.AddRow("sent per node MiB", N(report.BytesSentPerNode / Mebibyte, "N1"));
        table.AddRow(
            "transactions",
            $"{report.Offered:N0} offered, {report.Accepted:N0} accepted, {report.Committed:N0} committed");
        foreach ((string reason, long count) in report.Refused)
        {
            table.AddRow("refused", Markup.Escape($"{count:N0} {reason}"));
        }

        if (report.Market is { } market)
        {
            table.AddRow(
                "market",
                $"{market.PlacedOrders:N0} of {market.Orders:N0} orders taken; {market.ClearedSlots} slots cleared "
                + $"with {market.Trades:N0} trades, {market.SettledSlots} settled: {market.DeliveredWh:N0} of "
                + $"{market.SoldWh:N0} Wh delivered");
        }

        if (report.Overload is { } overload)
        {
            AddOverload(table, overload);
        }

        table.AddRow("measured", $"{report.Blocks} blocks, {N(report.MeasuredSeconds, "N1")} s");
        table.AddRow("machine", $"{report.Cores} cores, load average before {report.LoadAverageBefore:N1}");
        return table;
    }

    private static void AddOverload(Table table, OverloadReport overload)
    {
        table.AddRow(
            $"at {N(overload.Factor, "N1")} times the TPS",
            $"{N(overload.OfferedPerSecond)} offers/s, {N(overload.Tps)} TPS, "
            + $"{N(overload.TpsOverPeak, "P1")} of before");
        table.AddRow("  block interval ms", Text(overload.IntervalMs));
        table.AddRow("  finality ms", Text(overload.FinalityMs));
        table.AddRow("  cpu us/transaction", Text(overload.CpuUsPerTransaction));
        table.AddRow(
            "  processors", $"nodes {N(overload.NodeCores, "N2")}, generator {N(overload.GeneratorCores, "N2")}");
        foreach ((string reason, long count) in overload.Refused)
        {
            table.AddRow("  refused", Markup.Escape($"{count:N0} {reason}"));
        }
    }

    private static Table Nodes(LoadReport report)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("node", "cpu us/transaction");
        foreach (string column in new[] { "of a core", "MiB", "peak MiB", "sent MiB" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (NodeReport node in report.Nodes)
        {
            table.AddRow(
                node.Name,
                Text(node.CpuUsPerTransaction),
                N(node.CpuShare, "P1"),
                N(node.RssBytes / Mebibyte),
                N(node.PeakRssBytes / Mebibyte),
                N(node.BytesSent / Mebibyte, "N1"));
        }

        return table;
    }

    private static string Text(Distribution? values) => values is null
        ? "none"
        : $"mean {N(values.Mean)}, p50 {N(values.P50)}, p95 {N(values.P95)}, p99 {N(values.P99)}, max {N(values.Max)}";

    private static string Text(CpuCost cost) => cost.Verify is null
        ? N(cost.Total, "N1")
        : $"{N(cost.Total, "N1")}: verify {N(cost.Verify.Value, "N1")}, gossip {N(cost.Gossip ?? 0, "N1")}, "
            + $"consensus {N(cost.Consensus ?? 0, "N1")}, execute {N(cost.Execute ?? 0, "N1")}, "
            + $"store {N(cost.Store ?? 0, "N1")}; gc {N(cost.Gc ?? 0, "N1")}";

    private static string N(double value, string format = "N0") => value.ToString(format, CultureInfo.InvariantCulture);
}
