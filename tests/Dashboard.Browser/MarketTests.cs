using System.Globalization;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;
using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>Orders from the page to their end: traded and settled, or taken back.</summary>
internal sealed class MarketTests : BrowserTest
{
    private const uint EnergyWh = 40;
    private const int Attempts = 4;

    // Until a gate closes: enough to fill in the form on a busy machine, and soon over.
    private const int TradedSlots = 9;
    private const int CancelledSlots = 18;

    private const float FinalPatienceMs = 45_000;

    private static readonly TimeSpan SettlementPatience = TimeSpan.FromSeconds(120);

    private static readonly string[] Stages = ["Traded", "Delivering", "Delivered", "Settled"];

    // The page outbids every neighbour, whose bids follow the hour's tariff; what none of them sells comes from the
    // demo account.
    private const string BestBid = "1";
    private static readonly UInt256 SellPrice = 190_000_000_000_000_000ul;
    private static readonly UInt256 HighPrice = 900_000_000_000_000_000ul;

    [Test]
    public async Task Nothing_can_be_placed_without_a_login()
    {
        await GoAsync("/market");
        await Expect(Page.Locator("main h1")).ToHaveTextAsync("Market");
        await Expect(Page.Locator(".desk")).ToHaveCountAsync(0);
        await Expect(Page.Locator("main a[href^='/login']")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Order_placed_in_the_page_is_traded_delivered_and_settled()
    {
        await LogInAsync();
        OrderInfo order = await PlaceAsync(TradedSlots, SellPrice, EnergyWh, BestBid);
        await Expect(Page.Locator($"[data-order='{order.Id}'][data-state=Open]")).ToBeVisibleAsync();

        IReadOnlyList<TradeInfo> trades = await Until.FoundAsync(
            async () => await TradesAsync(order) is { Count: > 0 } made ? made : null,
            $"a trade of order {order.Id} in slot {order.Slot}",
            SettlementPatience);
        Assert.That(trades.Sum(static trade => (long)trade.EnergyWh), Is.EqualTo(EnergyWh));
        string life = $".life[data-trade='{trades[0].Id}']";
        await FollowStagesAsync(life);
        await Expect(Page.Locator($"{life}[data-stage=Settled]"))
            .ToBeAttachedAsync(new() { Timeout = (float)SettlementPatience.TotalMilliseconds });
        string[] stages = await Page.EvaluateAsync<string[]>("() => window.stages");
        Assert.That(stages.Select(stage => Array.IndexOf(Stages, stage)), Is.Ordered.Ascending);
        Assert.That(stages[0], Is.Not.EqualTo("Settled"), "the page showed no stage before the last");

        foreach (TradeInfo trade in await TradesAsync(order))
        {
            await ShowsSettlementAsync(trade);
        }

        OrderInfo closed = await OrderOfAsync(order.Id);
        await GoAsync($"/explorer/order/{order.Id}");
        await Expect(Page.Locator("[data-state=Closed]")).ToBeVisibleAsync();
        await ShowsAsync(
            ".facts data", closed.EnergyWh, closed.FilledWh, closed.PricePerKwh, closed.Locked, closed.Returned);
        Assert.That(closed.FilledWh, Is.EqualTo(EnergyWh));
    }

    [Test]
    public async Task Order_cancelled_in_the_page_gives_back_what_it_locked()
    {
        await LogInAsync();
        OrderInfo order = await PlaceAsync(CancelledSlots, HighPrice, EnergyWh + 1, "0.1");
        Assert.That(order.Locked, Is.Not.EqualTo(UInt256.Zero));
        ILocator row = Page.Locator("tr", new() { Has = Page.Locator($"[data-order='{order.Id}']") });
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (attempt > 0)
            {
                // What the attempt before said would stand there until the next one begins.
                await GoAsync("/market");
            }

            await row.GetByRole(AriaRole.Button).ClickAsync();
            ILocator question = Page.GetByRole(AriaRole.Alertdialog);
            await Expect(question).ToContainTextAsync("ENC");
            await question.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
            ILocator ended = row.Locator("[data-state=Cancelled]").Or(row.Locator("[data-sent][class*=bad]"));
            await Expect(ended.First).ToBeVisibleAsync(new() { Timeout = FinalPatienceMs });
            if (await row.Locator("[data-state=Cancelled]").CountAsync() > 0)
            {
                break;
            }
        }

        await Expect(row.Locator("[data-state=Cancelled]")).ToBeVisibleAsync();
        OrderInfo cancelled = await OrderOfAsync(order.Id);
        Assert.That(cancelled.State, Is.EqualTo(OrderState.Cancelled));
        Assert.That(cancelled.Returned, Is.EqualTo(order.Locked));
        await GoAsync($"/explorer/order/{order.Id}");
        await ShowsAsync(".facts data", EnergyWh + 1, 0u, order.PricePerKwh, order.Locked, order.Locked);
    }

    private static async Task<OrderInfo> OrderOfAsync(ulong id) =>
        (await Node.ListOrdersAsync(new HistoryQuery { Id = id }, CancellationToken.None)).Rows.Single();

    private static async Task<IReadOnlyList<TradeInfo>> TradesAsync(OrderInfo order)
    {
        HistoryQuery query = new() { Site = order.Site, Slot = order.Slot };
        return [.. (await Node.ListTradesAsync(query, CancellationToken.None)).Rows
            .Where(trade => trade.BuyOrderId == order.Id)];
    }

    private static ulong SlotIn(int slots, MarketParameters market) =>
        ((ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / market.SlotSeconds) + (ulong)slots;

    // The page tells each stage as it comes, however briefly it is there.
    private async Task FollowStagesAsync(string life)
    {
        await Expect(Page.Locator(life)).ToBeAttachedAsync();
        await Page.EvaluateAsync(
            """
            selector => {
                window.stages = [];
                const look = () => {
                    const stage = document.querySelector(selector)?.dataset.stage;
                    if (stage && stage !== window.stages.at(-1)) { window.stages.push(stage); }
                };
                new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
                look();
            }
            """,
            life);
    }

    private async Task ShowsSettlementAsync(TradeInfo trade)
    {
        SettlementInfo settled = trade.Settlement!;
        await GoAsync($"/explorer/trade/{trade.Id}");
        await Expect(Page.Locator("[data-settled]")).ToBeVisibleAsync();
        await ShowsAsync(
            "[data-settled] data",
            settled.SellerExportedWh,
            settled.DeliveredWh,
            settled.ShortWh,
            settled.Paid,
            settled.Fee,
            settled.Compensation,
            settled.EscrowReturned,
            settled.CollateralReturned);
        Assert.That(settled.DeliveredWh + settled.ShortWh, Is.EqualTo(trade.EnergyWh));
    }

    private Task ShowsAsync(string selector, params object[] values) => Until.SameAsync(
        async () => await Page.Locator(selector)
            .EvaluateAllAsync<string>("all => all.map(each => each.value).join(' ')"),
        () => Task.FromResult<object?>(string.Join(' ', values)),
        selector);

    // A seller's order stands in the slot first, so that the page offers the slot and the trade is sure. Nonce and gate
    // are shared with the site's own agent: what they spoil is done again, with another slot.
    private async Task<OrderInfo> PlaceAsync(int slotsAhead, UInt256 sellPrice, uint energyWh, string price)
    {
        MarketParameters market =
            await new Client.MarketReader(Node).GetParametersAsync(CancellationToken.None);
        uint own = (await SiteAsync()).Site;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            await GoAsync("/market");
            ulong slot = SlotIn(slotsAhead, market);
            await Seller.SellAsync(Devnet, market, slot, energyWh, sellPrice);
            string choice = slot.ToString(CultureInfo.InvariantCulture);
            ILocator slots = Page.Locator(".period select");
            await Expect(slots.Locator($"option[value='{choice}']")).ToBeAttachedAsync();
            await slots.SelectOptionAsync(choice);
            await Page.Locator(".desk select").First.SelectOptionAsync("Buy");
            await Page.Locator(".desk input").Nth(0).FillAsync($"{energyWh} Wh");
            await Page.Locator(".desk input").Nth(1).FillAsync(price);
            await Page.Locator(".desk button").ClickAsync();
            if (await IsSentAsync())
            {
                HistoryQuery query = new() { Site = own, Slot = slot };
                return await Until.FoundAsync(
                    async () => (await Node.ListOrdersAsync(query, CancellationToken.None)).Rows.FirstOrDefault(
                        order => order.Kind == OrderKind.Buy && order.EnergyWh == energyWh),
                    "the order in the node's history");
            }
        }

        string said = await Page.Locator("[data-sent]").First.InnerTextAsync();
        throw new AssertionException($"{Attempts} orders were refused, the last one: {said}");
    }

    private async Task<bool> IsSentAsync()
    {
        ILocator confirm = Page.Locator("[data-confirm]");
        await Expect(confirm.Or(Page.Locator("[data-sent][class*=bad]")).First).ToBeVisibleAsync();
        if (await confirm.CountAsync() == 0)
        {
            return false;
        }

        await Expect(Page.Locator(".outcome")).ToContainTextAsync("ENC");
        await confirm.ClickAsync();
        await Expect(Page.Locator("[data-sent=Final], [data-sent][class*=bad]").First)
            .ToBeVisibleAsync(new() { Timeout = FinalPatienceMs });
        return await Page.Locator("[data-sent=Final]").CountAsync() > 0;
    }
}
