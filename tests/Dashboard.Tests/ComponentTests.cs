using System.Numerics;
using AngleSharp.Dom;
using Bunit;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Charts;
using EnergyChain.Dashboard.Components.Pages;
using EnergyChain.Dashboard.Components.Shared;
using EnergyChain.Dashboard.Faults;
using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Text;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyChain.Dashboard.Tests;

/// <summary>States that are hard to reach with a real node.</summary>
public sealed class ComponentTests
{
    private const string Script = "<script>alert(1)</script>";

    [Test]
    public async Task Hour_that_clocks_go_through_twice_is_two_hours_of_a_chart()
    {
        TimeZoneInfo berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        await using DashboardContext context = new(context => context.Services.AddSingleton(new SiteClock(berlin)));
        context.ComponentFactories.AddStub<Radzen.Blazor.RadzenChart>();
        DateTimeOffset begin = new(2026, 10, 25, 0, 0, 0, TimeSpan.Zero);
        ChartSeries series = new(
            "power", "red", [.. Enumerable.Range(0, 5).Select(i => new ChartPoint(begin.AddMinutes(30 * i), i))]);
        IRenderedComponent<TimeSeriesChart> chart = context.Render<TimeSeriesChart>(p => p
            .Add(c => c.Series, new[] { series }).Add(c => c.Label, "power").Add(c => c.Unit, "kW"));
        string[] times = [.. chart.FindAll("tbody td:first-child").Select(cell => cell.TextContent)];
        Assert.That(times, Is.EqualTo(new[]
        {
            "2026-10-25 03:00:00 +01:00", "2026-10-25 02:30:00 +01:00", "2026-10-25 02:00:00 +01:00",
            "2026-10-25 02:30:00 +02:00", "2026-10-25 02:00:00 +02:00",
        }));
    }

    [Test]
    public async Task Chart_is_drawn_again_only_for_other_lines()
    {
        await using DashboardContext context = new();
        context.ComponentFactories.AddStub<Radzen.Blazor.RadzenChart>();
        IRenderedComponent<TimeSeriesChart> chart = context.Render<TimeSeriesChart>(p => p
            .Add(c => c.Series, Lines(3)).Add(c => c.Label, "power").Add(c => c.Unit, "kW"));
        chart.Render(p => p.Add(c => c.Series, Lines(3)));
        Assert.That(chart.RenderCount, Is.EqualTo(1));
        chart.Render(p => p.Add(c => c.Series, Lines(4)));
        Assert.That((chart.RenderCount, chart.FindAll("tbody tr").Count), Is.EqualTo((2, 4)));
        chart.Render(p => p.Add(c => c.Unit, "W"));
        Assert.That(chart.RenderCount, Is.EqualTo(3));

        static ChartSeries[] Lines(int points) =>
        [
            new(
                "power",
                "red",
                [.. Enumerable.Range(0, points).Select(i => new ChartPoint(DateTimeOffset.UnixEpoch.AddHours(i), i))]),
        ];
    }

    [Test]
    public async Task Answer_that_has_not_come_shows_that_it_loads()
    {
        await using DashboardContext context = new();
        TaskCompletionSource<string> answer = new();
        LiveAnswer<string> held = Ask(context, (_, _) => answer.Task);
        Assert.That(Show(context, held).Find("[role=status]").TextContent, Does.Contain("Loading"));
    }

    [Test]
    public async Task Answer_that_failed_shows_why_in_its_own_words_only()
    {
        await using DashboardContext context = new();
        LiveAnswer<string> held = Ask(
            context, (_, _) => throw new NodeClientException(NodeClientError.TooMuch, Script));
        IRenderedComponent<Answered<string>> shown = Show(context, held);
        Assert.That(shown.Find("[role=alert]").TextContent, Does.Contain("busy").And.Contain(Script));
        Assert.That(shown.FindAll("script"), Is.Empty);
    }

    [Test]
    public async Task Answer_is_shown()
    {
        await using DashboardContext context = new();
        Assert.That(Show(context, Ask(context, (_, _) => Task.FromResult("here"))).Markup, Is.EqualTo("here"));
    }

    [Test]
    public async Task Largest_numbers_are_shown_with_their_units()
    {
        await using DashboardContext context = new();
        BigInteger largest = BigInteger.Pow(2, 256) - 1;
        IRenderedComponent<MoneyAmount> money = context.Render<MoneyAmount>(p => p.Add(c => c.BaseUnits, largest));
        IRenderedComponent<EnergyAmount> energy = context.Render<EnergyAmount>(p => p.Add(c => c.Wh, largest));
        Assert.That(money.Find("data").TextContent, Does.EndWith(" ENC"));
        Assert.That(energy.Find("data").TextContent, Does.EndWith(" MWh"));
    }

    [Test]
    public async Task Value_that_nobody_gives_is_a_dash_and_not_zero()
    {
        await using DashboardContext context = new();
        IRenderedComponent<FlowPicture> flow = context.Render<FlowPicture>(p => p
            .Add(c => c.Site, Site(production: null)).Add(c => c.IsFresh, true));
        Assert.That(flow.Find("[data-flow=pv] dd").TextContent, Does.Contain("\u2013"));
        Assert.That(flow.Find("[data-flow=load] dd").TextContent, Does.Contain("700 W"));
    }

    [Test]
    public async Task Old_values_do_not_flow()
    {
        await using DashboardContext context = new();
        IRenderedComponent<FlowPicture> flow = context.Render<FlowPicture>(p => p
            .Add(c => c.Site, Site(production: 3_000)).Add(c => c.IsFresh, false));
        Assert.That(flow.FindAll(".current"), Is.Empty);
    }

    [Test]
    public async Task Script_in_the_name_of_a_device_stays_text()
    {
        await using DashboardContext context = new();
        SiteInfo site = Site(production: 1) with
        {
            Devices = [new DeviceInfo(Script, "meter", "", "silent", Script, new BlockTime(1_780_000_000_000))],
        };
        IReadOnlyList<Fault> faults = FaultFinder.Find(
            new NodeView { Sites = [site], Link = new LinkState.Live() }, context.Time.GetUtcNow());
        IRenderedComponent<FaultBanner> banner = context.Render<FaultBanner>(p => p.Add(c => c.Faults, faults));
        Assert.That(banner.FindAll("script"), Is.Empty);
        Assert.That(banner.Find("[data-fault=DeviceSilent]").TextContent, Does.Contain(Script).And.Contain("power"));
    }

    [Test]
    public async Task Script_in_a_memo_stays_text()
    {
        await using DashboardContext context = new();
        Hash32 id = Blake2b.Hash("tx"u8);
        TransactionBodyInfo body = new(
            Address.FromNumber(1), 1, Address.FromNumber(2), UInt256.One, default, new Gas(1), UInt256.One,
            new Height(9), null, MemoText.Encode(Script));
        context.Node.Transaction = _ => new TransactionInfo(id, TransactionState.Pending, body, null);
        IRenderedComponent<TransactionPage> page = context.Render<TransactionPage>(
            p => p.Add(c => c.Id, id.ToString()));
        Assert.That(page.Find(".memo").TextContent, Is.EqualTo(Script));
        Assert.That(page.FindAll("script"), Is.Empty);
    }

    [TestCase("0x12")]
    [TestCase("<script>")]
    [TestCase("18446744073709551616")]
    public async Task Malformed_block_gives_a_clear_page(string id)
    {
        await using DashboardContext context = new();
        IRenderedComponent<BlockPage> page = context.Render<BlockPage>(p => p.Add(c => c.Id, id));
        Assert.That(page.Find("[role=alert]").TextContent, Does.Contain("no block").And.Contain(id));
        Assert.That(context.Node.Calls, Is.Zero);
    }

    [Test]
    public async Task Unknown_block_gives_a_clear_page()
    {
        await using DashboardContext context = new();
        IRenderedComponent<BlockPage> page = context.Render<BlockPage>(p => p.Add(c => c.Id, "99999"));
        Assert.That(page.Find("[role=alert]").TextContent, Does.Contain("no such block"));
    }

    [Test]
    public async Task Second_click_on_the_way_back_stays_on_the_first_page()
    {
        await using DashboardContext context = new();
        IRenderedComponent<PagedTable<string>> table = context.Render<PagedTable<string>>(p => p
            .Add(c => c.Key, "letters")
            .Add(c => c.Load, (_, token, _) => Task.FromResult(
                token.Length == 0 ? new PageOf<string>(["a"], "next") : new PageOf<string>(["b"], "")))
            .Add(c => c.Header, "<th>Letter</th>")
            .Add(c => c.Row, letter => $"<td>{letter}</td>")
            .Add(c => c.Caption, "Letters")
            .Add(c => c.EmptyText, "none"));
        await table.FindAll(".pager button")[1].ClickAsync(new());
        Assert.That(table.Find("td").TextContent, Is.EqualTo("b"));
        IElement back = table.FindAll(".pager button")[0];
        await table.InvokeAsync(async () =>
        {
            Task first = back.ClickAsync(new());
            Task second = back.ClickAsync(new());
            await Task.WhenAll(first, second);
        });
        Assert.That(table.Find("td").TextContent, Is.EqualTo("a"));
    }

    private static SiteInfo Site(long? production) => new(
        3, "home", Address.FromNumber(3), new BlockTime(1_780_000_000_000), production, 700, -10, null, null, null, []);

    private static LiveAnswer<string> Ask(
        DashboardContext context, Func<INodeClient, CancellationToken, Task<string>> load) =>
        context.Services.GetRequiredService<SharedAnswers>().Watch(new LiveQuery<string>("key", load, null), () => { });

    private static IRenderedComponent<Answered<string>> Show(DashboardContext context, LiveAnswer<string> answer) =>
        context.Render<Answered<string>>(p => p
            .Add(c => c.Of, answer)
            .Add(c => c.ChildContent, value => builder => builder.AddContent(0, value)));
}
