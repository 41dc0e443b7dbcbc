using System.Globalization;
using System.Text.RegularExpressions;
using Bunit;
using EnergyChain.Dashboard.Community;
using EnergyChain.Dashboard.Components.Shared;
using EnergyChain.Dashboard.History;
using EnergyChain.Dashboard.Tests.Billing;
using EnergyChain.Market;

namespace EnergyChain.Dashboard.Tests;

/// <summary>What a page looks like where that hangs on more than its styles.</summary>
public sealed partial class LookTests
{
    [Test]
    public async Task Row_of_a_trade_is_a_card_on_a_telephone_with_its_stage_over_all_of_it()
    {
        await using DashboardContext context = new();
        context.Node.Trades.Add(Rows.Trade(Rows.FirstSlot, 1, 1, 2, 500, 200_000, null));
        IRenderedComponent<OwnTrades> trades = context.Render<OwnTrades>(p => p
            .Add(c => c.Site, 1u).Add(c => c.Market, FakeContracts.Market));
        trades.WaitForElement("table.stacked");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(trades.Find("td.across .life").GetAttribute("data-stage"), Is.EqualTo("Delivered"));
            Assert.That(trades.Find("td.lead").TextContent, Is.EqualTo("Sold to Site 2"));
            Assert.That(trades.Find("td.lead-amount").TextContent, Is.EqualTo("500 Wh"));
            Assert.That(trades.Find("td[data-label]").GetAttribute("data-label"), Is.EqualTo("Slot"));
        }
    }

    [TestCase(1)]
    [TestCase(24)]
    public async Task Who_supplied_whom_is_as_high_as_its_names_need(int buyers)
    {
        FakeNode node = new();
        node.Trades.AddRange(Enumerable.Range(0, buyers).Select(i => Rows.Trade(
            Rows.FirstSlot, (ulong)i, 1, (uint)(i + 2), 500, 200_000, Rows.Settled(500, 500, 200_000, 0, 0))));
        HistoryKey key = new(null, new SlotSpan(Rows.FirstSlot, Rows.FirstSlot + 1), Rows.SlotSeconds);
        SlotTariffs none = new(new Dictionary<ulong, Tariff>(), Rows.FirstSlot);
        CommunityFigures figures = await new SlotHistories().ReadAsync(
            node, key, history => CommunityFigures.Of(history, none), CancellationToken.None);
        await using DashboardContext context = new();
        context.ComponentFactories.AddStub(
            static type => type.Name.StartsWith("RadzenSankey", StringComparison.Ordinal));
        IRenderedComponent<CommunityView> view = context.Render<CommunityView>(p => p.Add(c => c.Figures, figures));
        string style = view.Find(".sankey").GetAttribute("style")!;
        int height = int.Parse(Height().Match(style).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.That(height, Is.InRange(Math.Max(180, buyers * 36), Math.Max(200, buyers * 44)));
    }

    [GeneratedRegex(@"height: (\d+)px")]
    private static partial Regex Height();
}
