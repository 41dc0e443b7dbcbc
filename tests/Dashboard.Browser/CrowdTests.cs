using System.Diagnostics;
using System.Globalization;
using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>
/// Many open pages for a while, of every kind: all stay live, memory and the chain's interval do not grow.
/// ENERGYCHAIN_CROWD_MINUTES makes it a measurement with a hundred pages; without it a few pages show that it works.
/// </summary>
internal sealed class CrowdTests : BrowserTest
{
    private const string Variable = "ENERGYCHAIN_CROWD_MINUTES";
    private const int ManyPages = 100;
    private const int FewPages = 22;
    private const double ShortMinutes = 0.2;
    private const int MeasuredSamples = 40;
    private const int ShortSamples = 3;
    private const ulong BlocksBefore = 60;

    // By then the lists that pages show are as long as they get; before, pages grow because the chain is young.
    private const ulong GrownUp = 480;

    // Over the last two thirds; a leak of a page's worth would be some MiB for each of the pages.
    private const double MostGrowthMiBPerMinute = 3;

    // Below that a garbage collection more or less decides.
    private const double LeastMinutesOfTrend = 5;

    private const double MostInterval = 1.1;

    private static readonly string[] Paths =
    [
        "/", "/devices", "/market", "/bills", "/bills?site=2", "/community", "/explorer", "/explorer/block/1",
        "/explorer/contracts", "/network", "/explorer/search?q=1",
    ];

    [Test]
    public async Task Hundred_open_pages_cost_no_memory_and_no_blocks()
    {
        bool isMeasured = double.TryParse(
            Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out double minutes);
        minutes = isMeasured ? minutes : ShortMinutes;
        int samples = isMeasured ? MeasuredSamples : ShortSamples;
        double before = isMeasured ? await IntervalBeforeAsync() : 0;
        await LogInAsync();
        IPage[] pages = await OpenAsync(isMeasured ? ManyPages : FewPages);
        IReadOnlyList<CrowdSample> seen = await SampleAsync(TimeSpan.FromMinutes(minutes), samples);
        foreach (IPage page in pages)
        {
            await Expect(page.Locator("[data-link=live]")).ToHaveCountAsync(1);
            await Expect(page.Locator("main .state.error")).ToHaveCountAsync(0);
        }

        CrowdSample[] trend = [.. seen.Skip(seen.Count / 3)];
        double slope = CrowdSample.Slope(trend);
        double during = seen.Average(static sample => sample.IntervalMs);
        await TellAsync(pages.Length, seen, slope, before, during);
        if (isMeasured)
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(during, Is.LessThan(before * MostInterval), "mean block interval in ms");
                if (minutes >= LeastMinutesOfTrend)
                {
                    Assert.That(slope, Is.LessThan(MostGrowthMiBPerMinute), "MiB a minute");
                }
            }
        }
    }

    private async Task<IPage[]> OpenAsync(int count)
    {
        IPage[] pages = new IPage[count];
        for (int i = 0; i < count; i++)
        {
            pages[i] = await Page.Context.NewPageAsync();
            await pages[i].GotoAsync(Paths[i % Paths.Length]);
        }

        foreach (IPage page in pages)
        {
            await Expect(page.Locator("[data-link=live][data-interactive]")).ToBeVisibleAsync();
        }

        return pages;
    }

    private static async Task<IReadOnlyList<CrowdSample>> SampleAsync(TimeSpan span, int count)
    {
        using Process dashboard = Process.GetProcessById(Devnet.DashboardProcessId());
        using PeriodicTimer timer = new(span / count);
        List<CrowdSample> samples = [];
        long began = Stopwatch.GetTimestamp();
        (BlockInfo head, TimeSpan cpu, TimeSpan at) = (await HeadAsync(), dashboard.TotalProcessorTime, TimeSpan.Zero);
        while (samples.Count < count)
        {
            await timer.WaitForNextTickAsync();
            dashboard.Refresh();
            BlockInfo next = await HeadAsync();
            TimeSpan now = Stopwatch.GetElapsedTime(began);
            ulong blocks = next.Height.Value - head.Height.Value;
            Assert.That(blocks, Is.Positive, "blocks while many look");
            samples.Add(new CrowdSample(
                now.TotalMinutes,
                dashboard.WorkingSet64 / (1024.0 * 1024),
                (dashboard.TotalProcessorTime - cpu) / (now - at) * 100,
                (double)(next.Time.UnixMs - head.Time.UnixMs) / blocks));
            (head, cpu, at) = (next, dashboard.TotalProcessorTime, now);
        }

        return samples;
    }

    private static async Task<double> IntervalBeforeAsync()
    {
        BlockInfo head = await Until.FoundAsync(
            async () => await HeadAsync() is { } now && now.Height.Value > GrownUp ? now : null,
            "a chain with a history",
            TimeSpan.FromMinutes(15));
        BlockInfo start =
            await Node.GetBlockAsync(new Height(head.Height.Value - BlocksBefore), CancellationToken.None);
        return (double)(head.Time.UnixMs - start.Time.UnixMs) / BlocksBefore;
    }

    private static async Task TellAsync(
        int pages, IReadOnlyList<CrowdSample> samples, double slope, double before, double during)
    {
        await TestContext.Progress.WriteLineAsync("minute   memory MiB   CPU of a core   block interval ms");
        foreach (CrowdSample sample in samples)
        {
            await TestContext.Progress.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{sample.Minutes,6:0.0}   {sample.MemoryMiB,10:0}   {sample.CpuPercent,12:0} %   "
                + $"{sample.IntervalMs,17:0}"));
        }

        string earlier = before > 0 ? string.Create(CultureInfo.InvariantCulture, $", {before:0} ms before") : "";
        await TestContext.Progress.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{pages} pages: {slope:+0.00;-0.00;0} MiB a minute over the last two thirds, at most "
            + $"{samples.Max(static sample => sample.MemoryMiB):0} MiB; "
            + $"block interval {during:0} ms with them{earlier}."));
    }
}
