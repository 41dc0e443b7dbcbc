using Bunit;
using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Components.Pages;
using EnergyChain.Dashboard.Components.Shared;
using EnergyChain.Dashboard.Faults;
using EnergyChain.Dashboard.Live;

namespace EnergyChain.Dashboard.Tests;

/// <summary>Devices and records in states that a running site seldom shows.</summary>
public sealed class DevicesTests
{
    private const string Script = "<script>alert(1)</script>";

    private static readonly BlockTime Moment = new(1_780_000_000_000);

    [Test]
    public async Task Silent_device_shows_why_and_a_dash_for_its_power()
    {
        await using DashboardContext context = new();
        DeviceInfo device = Device("silent") with { Reason = "Silent: check its cable.", Manufacturer = Script };
        IRenderedComponent<DeviceCard> card = Card(context, device);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(card.Find(".badge").TextContent, Is.EqualTo("silent"));
            Assert.That(card.Find(".device-reason").TextContent, Does.Contain("check its cable"));
            Assert.That(card.Find(".figure dd").TextContent, Does.Contain("\u2013"));
            Assert.That(card.FindAll("script"), Is.Empty);
            Assert.That(card.Find(".facts").TextContent, Does.Contain(Script).And.Contain("does not say"));
        }
    }

    [Test]
    public async Task State_that_is_not_known_is_shown_as_it_came()
    {
        await using DashboardContext context = new();
        Assert.That(Card(context, Device("<b>new</b>")).Find(".badge").TextContent, Is.EqualTo("<b>new</b>"));
    }

    [Test]
    public async Task Battery_tells_which_way_it_flows()
    {
        await using DashboardContext context = new();
        IRenderedComponent<DeviceCard> card = Card(context, Device("ok") with { Kind = "battery", PowerW = -900 });
        Assert.That(card.Find(".figure dt").TextContent, Is.EqualTo("Discharges"));
        Assert.That(card.Find(".figure dd").TextContent, Does.Contain("900 W"));
        Assert.That(card.Find("[data-soc]").TextContent, Is.EqualTo("25 %"));
    }

    [Test]
    public async Task Records_of_an_older_node_are_said_to_be_unknown()
    {
        await using DashboardContext context = new();
        IRenderedComponent<RecordsCard> card = context.Render<RecordsCard>();
        Assert.That(card.Find(".empty").TextContent, Does.Contain("older version"));
    }

    [Test]
    public async Task Record_that_was_refused_says_why()
    {
        await using DashboardContext context = new();
        SlotRecordInfo refused = new(7, "interpolated", 12, "refused", Script, Moment);
        IRenderedComponent<RecordsCard> card = context.Render<RecordsCard>(p => p
            .Add(c => c.Records, new SiteRecordsInfo(0, 1, 5, 0, 0, 3, [refused])).Add(c => c.SlotSeconds, 900ul));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(card.Find("[data-slot='7'] .why").TextContent, Is.EqualTo(Script));
            Assert.That(card.Find("[data-slot='7']").TextContent, Does.Contain("± 12 Wh").And.Contain("goes again"));
            Assert.That(card.Find("[data-count=refusals]").TextContent, Is.EqualTo("3"));
            Assert.That(card.FindAll("script"), Is.Empty);
        }
    }

    [Test]
    public async Task Records_are_paged()
    {
        await using DashboardContext context = new();
        SlotRecordInfo[] many = [.. Enumerable.Range(1, 30).Select(
            i => new SlotRecordInfo((ulong)(31 - i), "exact", 0, "accepted", "", Moment))];
        IRenderedComponent<RecordsCard> card = context.Render<RecordsCard>(
            p => p.Add(c => c.Records, new SiteRecordsInfo(0, 0, 30, 0, 0, 0, many)));
        Assert.That(card.FindAll("tbody tr"), Has.Count.EqualTo(12));
        await card.FindAll(".pager button")[1].ClickAsync(new());
        Assert.That(card.FindAll("tbody tr")[0].GetAttribute("data-slot"), Is.EqualTo("18"));
    }

    [Test]
    public void Record_refused_at_admission_is_a_fault_until_it_is_taken()
    {
        SlotRecordInfo refused = new(7, "exact", 0, "refused", "The site's account cannot pay.", Moment);
        SiteInfo site = Site(Device("ok")) with { Records = new SiteRecordsInfo(0, 1, 0, 0, 0, 2, [refused]) };
        Fault fault = Find(site).Single();
        Assert.That((fault.Kind, fault.Subject), Is.EqualTo((FaultKind.RecordNotTaken, "home")));
        Assert.That(fault.Detail, Does.Contain("cannot pay"));

        SiteInfo taken = site with
        {
            Records = new SiteRecordsInfo(0, 0, 1, 0, 0, 2, [refused with { State = "accepted" }]),
        };
        Assert.That(Find(taken), Is.Empty);
    }

    [Test]
    public void Fault_of_one_site_explains_old_values_of_no_other()
    {
        BlockTime hourAgo = new(Moment.UnixMs - 3_600_000);
        SiteInfo ill = Site(Device("silent")) with { Name = "home 2", Site = 2, Read = hourAgo };
        SiteInfo old = Site(Device("ok")) with { Name = "home", Site = 3, Read = hourAgo };
        Assert.That(
            Find(ill, old).Select(fault => (fault.Kind, fault.Subject)),
            Is.EquivalentTo(new[]
            {
                (FaultKind.DeviceSilent, "home 2 \u00b7 grid"), (FaultKind.StaleValues, "home"),
            }));
    }

    [TestCase(1_200, 1_200, false)]
    [TestCase(10_500, 10_000, true)]
    public async Task Devices_are_looked_for_until_no_new_one_comes(int devices, int shown, bool isCut)
    {
        await using DashboardContext context = new();
        for (int i = 0; i < devices; i++)
        {
            context.Node.Readings.Add(new ReadingInfo(
                7, Address.FromNumber((uint)i + 1), (uint)i, 0, 0, 0, 0, 0, false, new Height(1)));
        }

        IRenderedComponent<ReportingDevices> page = context.Render<ReportingDevices>();
        page.WaitForAssertion(() => Assert.That(page.FindAll("[data-device]"), Has.Count.EqualTo(100)));
        Assert.That(page.Find(".card").TextContent, Does.Contain($"{shown:#,0}"));
        Assert.That(page.Markup.Contains("further back", StringComparison.Ordinal), Is.EqualTo(isCut));
        await page.Find("button[data-on]").ClickAsync(new());
        Assert.That(page.FindAll("[data-device]")[0].FirstElementChild!.TextContent, Is.EqualTo("100"));
    }

    [Test]
    public async Task List_names_what_was_erased_of_it()
    {
        await using DashboardContext context = new();
        context.Node.Erased.Add(new ErasedInfo(Hash32.Zero, 7, new Height(3), "erased <b>by</b> 7"));
        IRenderedComponent<ReadingTable> table = context.Render<ReadingTable>(
            p => p.Add(c => c.Device, Address.FromNumber(9)));
        Assert.That(table.Find(".erased").TextContent, Does.Contain("council: 1").And.Contain("erased <b>by</b> 7"));
        Assert.That(table.FindAll(".erased b"), Is.Empty);
    }

    private static IReadOnlyList<Fault> Find(params SiteInfo[] sites) => FaultFinder.Find(
        new NodeView { Sites = sites, Link = new LinkState.Live() },
        DateTimeOffset.FromUnixTimeMilliseconds((long)Moment.UnixMs));

    private static IRenderedComponent<DeviceCard> Card(DashboardContext context, DeviceInfo device) =>
        context.Render<DeviceCard>(p => p
            .Add(c => c.Device, device).Add(c => c.Site, Site(device)).Add(c => c.IsFresh, true));

    private static DeviceInfo Device(string state) => new("grid", "meter", "host:502 unit 2", state, "", Moment);

    private static SiteInfo Site(DeviceInfo device) => new(
        3, "home", Address.FromNumber(3), Moment, 1, 700, -10, null, 1_600, 6_400, [device]);
}
