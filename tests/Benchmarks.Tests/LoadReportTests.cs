using System.Text.Json;
using EnergyChain.Benchmarks.Load;
using EnergyChain.Benchmarks.Load.Curves;
using EnergyChain.Benchmarks.Load.Endurance;

namespace EnergyChain.Benchmarks.Tests;

internal sealed class LoadReportTests
{
    private static readonly LoadReport Report = new()
    {
        Workload = "transfer",
        Validators = 4,
        Relays = 0,
        BlockIntervalMs = 250,
        Rate = 1_000,
        MeasuredSeconds = 20,
        Blocks = 80,
        Tps = 990,
        TpsMin5s = 950,
        VerificationLimit = 9_000,
        VerificationLimitBefore = 8_800,
        VerificationLimitAfter = 9_200,
        IntervalMs = new Distribution(255, 250, 280, 300, 320),
        FinalityMs = new Distribution(200, 190, 310, 350, 400),
        CpuUsPerTransaction = new CpuCost(300, 200, 50, 20, 20, 10, 5),
        GeneratorCpuUsPerTransaction = 12,
        PeakRssBytes = 200_000_000,
        BytesSentPerNode = 1_000_000,
        Offered = 20_000,
        Accepted = 20_000,
        Committed = 20_000,
        Refused = new Dictionary<string, long> { ["Overloaded"] = 3, ["PoolFull"] = 4 },
        Market = null,
        Overload = null,
        Series = null,
        Nodes = [],
        LoadAverageBefore = 0.5,
        Cores = 2,
        Runtime = ".NET",
        Violations = [],
    };

    [Test]
    public void Ratio_is_of_committed_transactions_to_the_limit() => Assert.That(Report.Ratio, Is.EqualTo(0.11));

    [Test]
    public void Json_has_the_names_that_others_read()
    {
        using JsonDocument json = JsonDocument.Parse(LoadOutput.ToJson(Report));
        JsonElement root = json.RootElement;

        Assert.That(root.GetProperty("tps").GetDouble(), Is.EqualTo(990));
        Assert.That(root.GetProperty("tps_min_5s").GetDouble(), Is.EqualTo(950));
        Assert.That(root.GetProperty("verification_limit").GetDouble(), Is.EqualTo(9_000));
        Assert.That(root.GetProperty("ratio").GetDouble(), Is.EqualTo(0.11));
        Assert.That(root.GetProperty("interval_ms").GetProperty("p99").GetDouble(), Is.EqualTo(300));
        Assert.That(root.GetProperty("finality_ms").GetProperty("p50").GetDouble(), Is.EqualTo(190));
        Assert.That(root.GetProperty("cpu_us_per_transaction").GetProperty("verify").GetDouble(), Is.EqualTo(200));
        Assert.That(root.GetProperty("peak_rss_bytes").GetInt64(), Is.EqualTo(200_000_000));
        Assert.That(root.GetProperty("bytes_sent_per_node").GetDouble(), Is.EqualTo(1_000_000));
        Assert.That(root.GetProperty("refused").GetProperty("PoolFull").GetInt64(), Is.EqualTo(4));
    }

    [Test]
    public void Csv_has_a_column_for_each_value_and_the_refusals_of_all_reasons()
    {
        string[] lines = SaturationCsv.Of([new SaturationPoint(4, 1_000, Report)]).TrimEnd('\n').Split('\n');

        Assert.That(lines[1], Is.EqualTo("4,1000,990,9000,0.11,255,300,190,350,7,300,200000000,0.5"));
        Assert.That(lines[0].Split(','), Has.Length.EqualTo(lines[1].Split(',').Length));
    }

    [Test]
    public void Plot_is_an_SVG_with_two_lines_for_each_council()
    {
        string svg = SaturationPlot.Of(
        [
            new SaturationPoint(4, 500, Report with { Tps = 500 }),
            new SaturationPoint(4, 1_000, Report),
            new SaturationPoint(7, 500, Report with { Tps = 400 }),
        ]);

        Assert.That(svg, Does.Contain("<svg").And.Contain("p99, 4 validators").And.Contain("p50, 7 validators"));
    }

    [TestCase(255, 300, 990, ExpectedResult = true)]
    [TestCase(280, 300, 990, ExpectedResult = false, TestName = "Interval_that_is_too_long_in_the_mean_is_not_stable")]
    [TestCase(255, 800, 990, ExpectedResult = false, TestName = "Interval_with_long_pauses_is_not_stable")]
    [TestCase(255, 300, 900, ExpectedResult = false, TestName = "Interval_that_leaves_transactions_is_not_stable")]
    public bool Interval_that_is_kept_with_all_transactions_is_stable(double mean, double p99, double tps) =>
        ShortestCommand.IsStable(Report with { Tps = tps, IntervalMs = new Distribution(mean, 250, 260, p99, p99) });

    [Test]
    public void Interval_of_a_run_with_a_violation_is_not_stable() =>
        Assert.That(ShortestCommand.IsStable(Report with { Violations = ["lost"] }), Is.False);
}
