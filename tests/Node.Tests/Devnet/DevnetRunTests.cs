using System.Diagnostics;
using System.Text.Json;

namespace EnergyChain.Node.Tests.Devnet;

/// <summary>The whole road in real processes: Modbus, records, blocks, trades, settlement, report.</summary>
[TestFixture]
[Category("Devnet")]
[NonParallelizable]
internal sealed class DevnetRunTests
{
    private const string Data = "data/citylearn2022";

    [Test]
    public async Task Run_on_real_data_reconciles_with_the_data()
    {
        string data = SharedData.Path(Data);
        await using DevnetProcess devnet = DevnetProcess.Start(
            "--profiles", data, "--from", "2016-08-01T09:00", "--slots", "6", "--sites", "5");
        (int code, string text) = await devnet.WaitAsync();
        Assert.That(code, Is.Zero, text);
        JsonElement report = devnet.Report();
        new ReportReconciliation(report, data).Check(feedIn: 0.05m);
        Assert.That(report.GetProperty("slots").GetArrayLength(), Is.EqualTo(6));
        Assert.That(
            report.GetProperty("site_slots").EnumerateArray().All(row => row.GetProperty("record").GetString() == "ok"),
            Is.True,
            text);
        Assert.That(report.GetProperty("totals").GetProperty("delivered_wh").GetInt64(), Is.Positive, text);
        Assert.That(text, Does.Contain("energychain-wallet"));
    }

    [Test]
    public async Task Killed_validators_come_back_and_nothing_is_lost()
    {
        await using DevnetProcess devnet = DevnetProcess.Start(
            "--sites", "3", "--slots", "12", "--from", "2016-08-01T09:00", "--restart-after", "3");
        int second = await devnet.ProcessIdAsync("validator-2");
        int third = await devnet.ProcessIdAsync("validator-3");
        await RecordsAsync(devnet, 1);
        Kill(second);
        int secondAgain = await devnet.ProcessIdAsync("validator-2", otherThan: second);
        await RecordsAsync(devnet, 5);
        Kill(secondAgain);
        Kill(third);
        (int code, string text) = await devnet.WaitAsync();
        Assert.That(code, Is.Zero, text);

        JsonElement report = devnet.Report();
        JsonElement chain = report.GetProperty("chain");
        Assert.That(chain.GetProperty("all_nodes_agree").GetBoolean(), Is.True, text);
        Dictionary<string, int> restarts = chain.GetProperty("nodes").EnumerateArray()
            .ToDictionary(
                node => node.GetProperty("name").GetString()!,
                node => node.GetProperty("restarts").GetInt32());
        Assert.That(restarts["validator-1"], Is.Zero);
        Assert.That(restarts["validator-2"], Is.EqualTo(2));
        Assert.That(restarts["validator-3"], Is.EqualTo(1));
        Assert.That(
            chain.GetProperty("interval_ms").GetProperty("max").GetDouble(),
            Is.GreaterThan(2_500),
            "with two of four down no block can be final");
        Assert.That(report.GetProperty("discrepancies").GetArrayLength(), Is.Zero);
        Assert.That(
            report.GetProperty("faults").EnumerateArray()
                .Count(fault => fault.GetProperty("kind").GetString() == "validator"),
            Is.EqualTo(3));
        Assert.That(
            report.GetProperty("site_slots").EnumerateArray()
                .All(row => row.GetProperty("record").GetString() != "missing"),
            Is.True,
            "a record that came late is late, not lost");
    }

    [Test]
    public async Task Silent_meter_is_named_and_stops_nothing_else()
    {
        await using DevnetProcess devnet = DevnetProcess.Start(
            "--sites", "3", "--slots", "8", "--from", "2016-08-01T09:00", "--meter-fault", "home_02:grid:silent:2-3");
        (int code, string text) = await devnet.WaitAsync();
        Assert.That(code, Is.Zero, text);
        JsonElement report = devnet.Report();
        Assert.That(
            report.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("name").GetString()),
            Has.Some.EqualTo("home_02 grid"));
        Assert.That(text, Does.Contain("home_02 grid: Silent"));
        Assert.That(
            report.GetProperty("site_slots").EnumerateArray()
                .Where(row => row.GetProperty("home").GetString() != "home_02")
                .All(row => row.GetProperty("record").GetString() == "ok"),
            Is.True,
            text);
    }

    /// <summary>
    /// Reconciles the report of a run that somebody else made, such as the long run of the CI script.
    /// </summary>
    [Test]
    public void Given_report_reconciles()
    {
        string? path = Environment.GetEnvironmentVariable("ENERGYCHAIN_DEVNET_REPORT");
        if (string.IsNullOrEmpty(path))
        {
            Assert.Ignore("ENERGYCHAIN_DEVNET_REPORT names no report of a devnet run on ../shared/data/citylearn2022.");
        }

        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(path!));
        new ReportReconciliation(report.RootElement, SharedData.Path(Data)).Check(feedIn: 0.05m);
    }

    // How far the run is shows in the archive of raw readings of a site.
    private static Task<int> RecordsAsync(DevnetProcess devnet, int count) => devnet.UntilAsync<int>(() =>
    {
        string folder = Path.Combine(devnet.Folder, "home_01", "data", "readings");
        int lines = Directory.Exists(folder) ? Directory.GetFiles(folder).Sum(file => File.ReadLines(file).Count()) : 0;
        return lines >= count ? lines : null;
    });

    private static void Kill(int processId)
    {
        using Process process = Process.GetProcessById(processId);
        process.Kill();
    }
}
