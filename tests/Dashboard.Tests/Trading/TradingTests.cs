using System.Globalization;
using System.Numerics;
using System.Resources;
using Bunit;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Community;
using EnergyChain.Dashboard.Components.Pages;
using EnergyChain.Dashboard.Components.Shared;
using EnergyChain.Dashboard.History;
using EnergyChain.Dashboard.Localization;
using EnergyChain.Dashboard.Tests.Billing;
using EnergyChain.Dashboard.Trading;
using EnergyChain.Market;

namespace EnergyChain.Dashboard.Tests.Trading;

/// <summary>The book, orders before they are sent, trades in their stages, and the community's figures.</summary>
public sealed class TradingTests
{
    private static readonly SlotTariff Prices = new(Rows.Big(300_000), Rows.Big(100_000), true);

    [Test]
    public void Book_clears_where_its_curves_cross()
    {
        BookDepth book = BookDepth.Of(
        [
            Order(1, OrderKind.Buy, 600, 300_000), Order(2, OrderKind.Sell, 400, 100_000),
            Order(3, OrderKind.Offer, 500, 200_000), Order(4, OrderKind.Offer, 900, 1_000, counterparty: 7),
        ]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(book.Asks.Select(ask => ask.Id), Is.EqualTo(new ulong[] { 2, 3 }));
            Assert.That(book.Clearing.Volume.Value, Is.EqualTo(600));
            Assert.That(book.Clearing.Price.BaseUnits, Is.EqualTo((UInt128)200_000));
        }
    }

    [Test]
    public void Curve_goes_in_steps()
    {
        BookDepth book = BookDepth.Of([Order(1, OrderKind.Buy, 1_000, 2), Order(2, OrderKind.Buy, 500, 3)]);
        Assert.That(
            BookDepth.Steps(book.Bids).Select(point => point.Kwh), Is.EqualTo(new[] { 0, 0.5, 0.5, 1.5 }));
    }

    [Test]
    public void Buyer_loses_at_worst_the_escrow_and_saves_at_best_what_the_retailer_charges_more()
    {
        OrderPlan plan = new(OrderKind.Buy, 9, 1, 1_000, Rows.Big(200_000));
        Assert.That(plan.Locked(FakeContracts.Market).ToBigInteger(), Is.EqualTo((BigInteger)220_000));
        Assert.That(plan.Worst(FakeContracts.Market, Prices), Is.EqualTo((BigInteger)(-220_000)));
        Assert.That(plan.Best(FakeContracts.Market, Prices), Is.EqualTo((BigInteger)80_000));
    }

    [TestCase(200_000, -100_000)]
    [TestCase(400_000, 0)]
    public void Seller_who_delivers_nothing_makes_the_buyer_whole(int price, int worst)
    {
        OrderPlan plan = new(OrderKind.Sell, 9, 1, 1_000, Rows.Big(price));
        Assert.That(plan.Worst(FakeContracts.Market, Prices), Is.EqualTo((BigInteger)worst));
        Assert.That(plan.Best(FakeContracts.Market, Prices), Is.EqualTo((BigInteger)price));
    }

    [Test]
    public void Seller_without_a_known_tariff_can_lose_all_the_collateral()
    {
        OrderPlan plan = new(OrderKind.Offer, 9, 1, 1_000, Rows.Big(200_000));
        SlotTariff none = new(UInt256.Zero, UInt256.Zero, false);
        Assert.That(plan.Worst(FakeContracts.Market, none), Is.EqualTo((BigInteger)(-500_000)));
    }

    [Test]
    public void Order_is_tried_on_the_book_of_now()
    {
        BookDepth book = BookDepth.Of([Order(1, OrderKind.Sell, 400, 100_000)]);
        OrderPlan plan = new(OrderKind.Buy, 9, 1, 1_000, Rows.Big(200_000));
        Assert.That(plan.Now(book), Is.EqualTo((new WattHours(400), new PricePerKwh(200_000))));
    }

    [TestCase(-1, TradeStage.Traded)]
    [TestCase(0, TradeStage.Delivering)]
    [TestCase(1, TradeStage.Delivered)]
    public void Stage_follows_the_clock_until_money_moves(int slotsAfter, TradeStage stage)
    {
        TradeInfo trade = Rows.Trade(Rows.FirstSlot, 1, 1, 2, 10, 1_000, null);
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(
            ((long)Rows.FirstSlot + slotsAfter) * (long)Rows.SlotSeconds);
        Assert.That(TradeStages.Of(trade, FakeContracts.Market, now), Is.EqualTo(stage));
        TradeInfo settled = trade with { Settlement = Rows.Settled(10, 10, 1_000, 0, 0) };
        Assert.That(TradeStages.Of(settled, FakeContracts.Market, now), Is.EqualTo(TradeStage.Settled));
    }

    [Test]
    public async Task Settled_trade_is_shown_line_by_line()
    {
        await using DashboardContext context = new();
        TradeInfo trade = Rows.Trade(
            Rows.FirstSlot, 1, 1, 2, 10_000, 1_000, Rows.Settled(10_000, 7_000, 1_000, 10, 5));
        IRenderedComponent<TradeLife> life = context.Render<TradeLife>(p => p
            .Add(c => c.Trade, trade).Add(c => c.Stage, TradeStage.Settled));
        Assert.That(life.Find(".facts").TextContent, Does.Contain("7.00 kWh").And.Contain("3.00 kWh"));
        Assert.That(life.Find("summary .badge").TextContent, Does.Contain("3.00 kWh"));
    }

    [TestCase("GateClosed(9, 1, 2)", "has closed")]
    [TestCase("<script>alert(1)</script>", "<script>")]
    public async Task Refusal_is_shown_with_its_reason(string failure, string text)
    {
        await using DashboardContext context = new();
        IRenderedComponent<SendResult> result = context.Render<SendResult>(
            p => p.Add(c => c.State, new SendState("Refused", "bad", failure)));
        Assert.That(result.Find("[data-sent=Refused]").TextContent, Does.Contain(text).And.Contain(failure));
        Assert.That(result.FindAll("script"), Is.Empty);
    }

    [Test]
    public void Every_revert_of_market_and_registry_has_its_text()
    {
        ResourceManager texts = new(typeof(RevertText));
        string[] unnamed =
        [
            .. EnergyMarketContract.Artifact.Abi.Errors
                .Concat(MeterRegistryContract.Artifact.Abi.Errors)
                .Select(error => error.Name)
                .Where(name => texts.GetString(name, CultureInfo.InvariantCulture) is null),
        ];
        Assert.That(unnamed, Is.Empty);
    }

    [Test]
    public async Task Revert_is_told_in_Korean()
    {
        await using DashboardContext context = new();
        CultureInfo before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo("ko");
        try
        {
            IRenderedComponent<FailureText> text = context.Render<FailureText>(
                p => p.Add(c => c.Failure, "DuplicateRecord(9, 9)"));
            Assert.That(text.Markup, Does.Contain("이미 보고").And.Contain("DuplicateRecord(9, 9)"));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Test]
    public async Task Community_of_many_sites_is_paged()
    {
        await using DashboardContext context = new();
        FakeNode node = new();
        for (uint site = 1; site <= 250; site++)
        {
            node.Readings.Add(Rows.Reading(Rows.FirstSlot, site, 800, 0, 0, 800));
        }

        HistoryKey key = new(null, new SlotSpan(Rows.FirstSlot, Rows.FirstSlot + 1), Rows.SlotSeconds);
        SlotTariffs none = new(new Dictionary<ulong, Tariff>(), Rows.FirstSlot);
        CommunityFigures figures = await new SlotHistories().ReadAsync(
            node, key, history => CommunityFigures.Of(history, none), CancellationToken.None);
        IRenderedComponent<CommunityView> view = context.Render<CommunityView>(p => p.Add(c => c.Figures, figures));
        await view.Find("button[data-on]").ClickAsync(new());
        await view.Find("button[data-on]").ClickAsync(new());
        Assert.That(view.FindAll("[data-site]").Select(row => row.GetAttribute("data-site")), Is.EqualTo(
            Enumerable.Range(201, 50).Select(site => $"{site}")));
        Assert.That(view.Find("button[data-on]").HasAttribute("disabled"), Is.True);
        Assert.That(view.Find(".pager").TextContent, Does.Contain("201 to 250, of 250"));
    }

    [Test]
    public async Task Book_with_the_largest_numbers_is_shown()
    {
        await using DashboardContext context = new();
        SlotSummary summary = new(
            SlotPhase.Open, false, 1, 0, 2, UInt256.Zero, 0, Prices, 1, 2, 3, ulong.MaxValue);
        BigInteger most = BigInteger.Pow(10, 24);
        SlotBook book = new(
            9,
            summary, [Order(1, OrderKind.Offer, 1_000_000_000, most, counterparty: uint.MaxValue)]);
        IRenderedComponent<BookView> view = context.Render<BookView>(p => p
            .Add(c => c.Book, book).Add(c => c.Market, FakeContracts.Market));
        Assert.That(view.Markup, Does.Contain("1,000,000.00 ENC/kWh").And.Contain("1,000.00 MWh"));
    }

    [Test]
    public async Task Market_that_does_not_answer_says_so()
    {
        await using DashboardContext context = new();
        Assert.That(context.Render<MarketPage>().Find(".empty").TextContent, Does.Contain("does not answer"));
    }

    [Test]
    public async Task Community_adds_up_its_sites_and_says_who_supplied_whom()
    {
        FakeNode node = new();
        node.Readings.Add(Rows.Reading(Rows.FirstSlot, 1, 0, 1_000, 1_500, 500));
        node.Readings.Add(Rows.Reading(Rows.FirstSlot, 2, 800, 0, 0, 800));
        node.Trades.Add(Rows.Trade(Rows.FirstSlot, 1, 1, 2, 500, 200_000, Rows.Settled(500, 500, 200_000, 0, 0)));
        HistoryKey key = new(null, new SlotSpan(Rows.FirstSlot, Rows.FirstSlot + 1), Rows.SlotSeconds);
        Dictionary<ulong, Tariff> tariffs = new()
        {
            [Rows.FirstSlot] = new Tariff(new PricePerKwh(300_000), new PricePerKwh(100_000)),
        };
        CommunityFigures figures = await new SlotHistories().ReadAsync(
            node,
            key,
            history => CommunityFigures.Of(history, new SlotTariffs(tariffs, Rows.FirstSlot)),
            CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(figures.Totals.Saving.BaseUnits, Is.EqualTo((BigInteger)100_000));
            Assert.That(figures.TradedShare.Value, Is.EqualTo(500_000));
            Assert.That(figures.SelfSufficiency.Value, Is.EqualTo(1_000_000 * 1_000L / 1_300));
            Assert.That(figures.SellerConcentration.Value, Is.EqualTo(1_000_000));
            Assert.That(figures.Supplies, Is.EqualTo(new[] { new Supply(1, 2, 500) }));
        }
    }

    private static MarketOrder Order(
        ulong id, OrderKind kind, uint energyWh, BigInteger price, uint counterparty = 0) => new(
        id, 9, kind, Address.FromNumber((uint)id), (uint)id, counterparty, energyWh, Rows.Big(price));
}
