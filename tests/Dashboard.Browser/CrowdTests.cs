using System.Diagnostics;
using System.Globalization;
using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>
/// Many open pages for minutes: the dashboard's memory stays and the chain's interval too. Explicit, as it takes what
/// ENERGYCHAIN_CROWD_MINUTES says.
/// </summary>
[Explicit("Takes minutes: say how many in ENERGYCHAIN_CROWD_MINUTES.")]
[Category("Long")]
internal sealed class CrowdTests : BrowserTest
{
    private const string Variable = "ENERGYCHAIN_CROWD_MINUTES";
    private const int Pages = 100;
    private const int SampleSeconds = 5;

    private static readonly string[] Paths = ["/", "/devices", "/network", "/explorer"];

    [Test]
    public async Task Hundred_open_pages_cost_no_memory_and_no_blocks()
    {
        double minutes = double.Parse(
            Environment.GetEnvironmentVariable(Variable) ?? "10", CultureInfo.InvariantCulture);
        using Process dashboard = Process.GetProcessById(Devnet.DashboardProcessId());
        await GoAsync("/");
        ulong before = await IntervalAsync(30);
        IPage[] pages = new IPage[Pages];
        for (int i = 0; i < Pages; i++)
        {
            // Without its pictures a page is its circuit: what is drawn costs the browser, not the dashboard.
            pages[i] = await Page.Context.NewPageAsync();
            await pages[i].GotoAsync(Paths[i % Paths.Length]);
        }

        await Expect(pages[^1].Locator("[data-link=live]")).ToBeVisibleAsync();
        ulong first = (await HeadAsync()).Height.Value;
        List<long> memory = [];
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(SampleSeconds));
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began).TotalMinutes < minutes)
        {
            await timer.WaitForNextTickAsync();
            dashboard.Refresh();
            memory.Add(dashboard.WorkingSet64 / (1024 * 1024));
        }

        ulong during = await IntervalAsync((await HeadAsync()).Height.Value - first);
        int quarter = memory.Count / 4;
        double early = memory.Skip(quarter).Take(quarter).Average();
        double late = memory.TakeLast(quarter).Average();
        await TestContext.Progress.WriteLineAsync(
            $"{Pages} pages for {minutes} min: memory {memory[0]} MB at first, {early:0} MB in the second quarter, "
            + $"{late:0} MB in the last, {memory.Max()} MB at most; "
            + $"block interval {before} ms before, {during} ms with them.");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(late, Is.LessThan((early * 1.25) + 20));
            Assert.That(during, Is.LessThan((before * 5 / 4) + 50));
        }

        foreach (IPage page in pages)
        {
            Assert.That(await page.Locator("[data-link=live]").CountAsync(), Is.EqualTo(1));
        }
    }

    private static async Task<ulong> IntervalAsync(ulong blocks)
    {
        BlockInfo head = await HeadAsync();
        ulong over = Math.Min(blocks, head.Height.Value - 1);
        BlockInfo start = await Node.GetBlockAsync(new Height(head.Height.Value - over), CancellationToken.None);
        return (head.Time.UnixMs - start.Time.UnixMs) / over;
    }
}
