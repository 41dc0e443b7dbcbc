using Bunit;
using EnergyChain.Dashboard.Billing;
using EnergyChain.Dashboard.Components.Pages;
using EnergyChain.Dashboard.Components.Shared;
using EnergyChain.Market;
using EnergyChain.Market.Accounting;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyChain.Dashboard.Tests.Billing;

/// <summary>The bill in its states.</summary>
public sealed class BillPageTests
{
    [TestCase("site=<script>")]
    [TestCase("site=1&period=2026-99")]
    [TestCase("site=4294967296")]
    public async Task Malformed_address_gives_a_clear_page(string query)
    {
        await using DashboardContext context = new();
        context.Services.GetRequiredService<NavigationManager>().NavigateTo("/bills?" + query);
        IRenderedComponent<BillsPage> page = context.Render<BillsPage>();
        Assert.That(page.Find("[role=alert]").TextContent, Does.Contain("no site or period"));
        Assert.That(page.FindAll("script"), Is.Empty);
        Assert.That(context.Node.Calls, Is.Zero);
    }

    [Test]
    public async Task Node_without_sites_says_so()
    {
        await using DashboardContext context = new();
        Assert.That(context.Render<BillsPage>().Find(".empty").TextContent, Does.Contain("measures no site"));
    }

    [Test]
    public async Task Largest_bill_is_shown_with_what_is_not_in_it()
    {
        await using DashboardContext context = new();
        SiteSlot energy = new() { Import = new WattHours(ulong.MaxValue), Load = new WattHours(ulong.MaxValue) };
        Tariff tariff = new(new PricePerKwh(UInt128.MaxValue), PricePerKwh.Zero);
        BillLine line = new()
        {
            Slot = Rows.FirstSlot,
            State = BillLineState.Counted,
            IsLate = false,
            Energy = energy,
            Tariff = tariff,
            Without = Bill.WithoutMarket(energy, tariff),
            With = Bill.WithMarket(energy, tariff),
        };
        BillSums sums = BillSums.Of([line]) with { Open = 7, WithoutTariff = 3 };
        IRenderedComponent<BillView> view = context.Render<BillView>(p => p
            .Add(c => c.Bill, new SiteBill(1, [line], sums, Rows.FirstSlot, IsWhole: false) { Erased = 2 })
            .Add(c => c.Period, new BillPeriod(new DateOnly(2026, 5, 28), false))
            .Add(c => c.SlotSeconds, Rows.SlotSeconds));
        string notes = view.Find(".notes").TextContent;
        Assert.That(notes, Does.Contain("their trades: 7.").And.Contain("published: 3.").And.Contain("since").And
            .Contain("decisions of the council: 2."));
        Assert.That(view.Find("tr.total td:last-child").TextContent, Does.EndWith(" ENC"));
    }
}
