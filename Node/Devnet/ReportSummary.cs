using System.Globalization;
using System.Numerics;
using EnergyChain.Node.Devnet.Report;
using Spectre.Console;

namespace EnergyChain.Node.Devnet;

/// <summary>The summary of a run for people.</summary>
public static class ReportSummary
{
    private const int LeastWidth = 120;

    public static void Write(TextWriter output, RunReport report, string path)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Math.Max(console.Profile.Width, LeastWidth);
        console.Write(Sites(report));
        TotalsSection totals = report.Totals;
        ChainSection chain = report.Chain;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"height {chain.Height}, {chain.Transactions} transactions, interval mean {chain.IntervalMs.Mean:0} ms, "
            + $"p99 {chain.IntervalMs.P99:0} ms; "
            + $"finality p50 {chain.FinalityMs.P50:0} ms, p99 {chain.FinalityMs.P99:0} ms"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"traded {totals.SoldWh} Wh, delivered {totals.DeliveredWh} Wh; the market saved "
            + $"{Money.Text(totals.BillWithoutMarket - totals.BillWithMarket)} ENC ({totals.SavingPercent:0.00} %), "
            + $"rewards {Money.Text(totals.Rewards)} ENC; with the neighbours' energy the community served "
            + $"{Percent(totals.CommunitySelfSufficiency)} of its load"));
        if (totals.OpenSlotsOutside > 0)
        {
            output.WriteLine(
                $"orders for {totals.OpenSlotsOutside} slots that are not reported still hold "
                + $"{Money.Text(totals.EscrowLeft + totals.CollateralLeft)} ENC");
        }

        output.WriteLine(chain.AllNodesAgree
            ? $"all {chain.Nodes.Count} nodes agree on {chain.HeadHash} and state {chain.StateRoot}"
            : "NODES DISAGREE: " + string.Join(", ", chain.Nodes.Select(node => $"{node.Name} {Answer(node)}")));
        foreach (string discrepancy in report.Discrepancies)
        {
            output.WriteLine($"NOT RECONCILED: {discrepancy}");
        }

        output.WriteLine($"Report: {path}");
    }

    private static string Answer(NodeRow node) => node.HeadHash.Length > 0 ? node.HeadHash : "is down or behind";

    private static Table Sites(RunReport report)
    {
        Table table = new Table().RoundedBorder().AddColumn("site");
        foreach (string title in new[]
        {
            "load kWh", "PV kWh", "sold Wh", "bought Wh", "delivered Wh", "bill without", "bill with", "saving",
            "self-sufficiency",
        })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (SiteRow site in report.Sites)
        {
            table.AddRow(
                site.Home,
                Line($"{site.LoadWh / 1000.0:0.0}"),
                Line($"{site.PvWh / 1000.0:0.0}"),
                Line($"{site.SoldWh}"),
                Line($"{site.BoughtWh}"),
                Line($"{site.DeliveredWh}"),
                Money.Text(site.BillWithoutMarket),
                Money.Text(site.BillWithMarket),
                Money.Text(site.BillWithoutMarket - site.BillWithMarket),
                Percent(site.SelfSufficiency));
        }

        TotalsSection totals = report.Totals;
        BigInteger saving = totals.BillWithoutMarket - totals.BillWithMarket;
        table.AddRow(
            "all",
            Line($"{totals.LoadWh / 1000.0:0.0}"),
            Line($"{totals.PvWh / 1000.0:0.0}"),
            Line($"{totals.SoldWh}"),
            Line($"{totals.BoughtWh}"),
            Line($"{totals.DeliveredWh}"),
            Money.Text(totals.BillWithoutMarket),
            Money.Text(totals.BillWithMarket),
            Money.Text(saving),
            Percent(totals.SelfSufficiency));
        return table;
    }

    private static string Percent(double? share) => share is { } value ? Line($"{value * 100:0.0} %") : "-";

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
