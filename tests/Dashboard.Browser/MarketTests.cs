using System.Globalization;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>An order from the page to its settlement.</summary>
internal sealed class MarketTests : BrowserTest
{
    private const uint EnergyWh = 40;
    private const int Attempts = 4;

    private static readonly TimeSpan SettlementPatience = TimeSpan.FromSeconds(90);

    // 0.06 ENC, above the feed-in price and below what a neighbour asks for.
    private static readonly UInt256 SellPrice = 60_000_000_000_000_000ul;

    [Test]
    public async Task Nothing_can_be_placed_without_a_login()
    {
        await GoAsync("/market");
        await Expect(Page.Locator("main h1")).ToHaveTextAsync("Market");
        await Expect(Page.Locator(".desk")).ToHaveCountAsync(0);
        await Expect(Page.Locator("main a[href^='/login']")).ToBeVisibleAsync();
    }

    [Test]
    [Explicit("The slot that the page offers last may settle later than this waits: docs/next.md, Dashboard.")]
    public async Task Order_placed_in_the_page_is_traded_and_settles()
    {
        await LogInAsync();
        await GoAsync("/market");
        ulong slot = await PlaceAsync();
        uint own = (await SiteAsync()).Site;
        OrderInfo order = await Until.FoundAsync(
            async () => (await OrdersAsync(own, slot)).FirstOrDefault(
                each => each.Kind == OrderKind.Buy && each.EnergyWh == EnergyWh),
            "the order in the node's history");
        await SellAsync(slot);

        TradeInfo settled = await Until.FoundAsync(
            async () => (await Node.ListTradesAsync(
                new HistoryQuery { Site = own, Slot = slot }, CancellationToken.None))
                .Rows.FirstOrDefault(trade => trade.BuyOrderId == order.Id && trade.Settlement is not null),
            "the settled trade",
            SettlementPatience);
        Assert.That(settled.EnergyWh, Is.LessThanOrEqualTo(EnergyWh));
        await GoAsync($"/explorer/trade/{settled.Id}");
        await Expect(Page.Locator("[data-settled]")).ToBeVisibleAsync();
        await GoAsync($"/explorer/order/{order.Id}");
        await Expect(Page.Locator("[data-state=Closed]")).ToBeVisibleAsync();
    }

    private static async Task<IReadOnlyList<OrderInfo>> OrdersAsync(uint site, ulong slot) =>
        (await Node.ListOrdersAsync(new HistoryQuery { Site = site, Slot = slot }, CancellationToken.None)).Rows;

    // The demo account has no meter: what it sells counts as not delivered, and settles as that.
    private static async Task SellAsync(ulong slot)
    {
        using SigningKey key = Devnet.UnlockDemo();
        MarketParameters market = await new MarketReader(Node).GetParametersAsync(CancellationToken.None);
        TransactionDraft draft = new()
        {
            To = EnergyMarketContract.Address,
            Value = market.CollateralFor(EnergyWh),
            Data = EnergyMarketContract.PlaceOrder(slot, Devnet.DemoSite, OrderKind.Sell, EnergyWh, SellPrice),
        };
        PreparedTransaction prepared =
            await new TransactionBuilder(Node).PrepareAsync(draft, key.Address, CancellationToken.None);
        SubmitResult sent = await Node.SubmitAsync(prepared.Sign(key), CancellationToken.None);
        Assert.That(sent.Refusal, Is.EqualTo(TransactionRefusal.None));
    }

    // The gate of a slot may close, or the site's own agent take the nonce, while the form is filled in.
    private async Task<ulong> PlaceAsync()
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            ILocator slots = Page.Locator(".period select");
            string slot = (await slots.Locator("option").Last.GetAttributeAsync("value"))!;
            await slots.SelectOptionAsync(slot);
            await Page.Locator(".desk select").First.SelectOptionAsync("Buy");
            await Page.Locator(".desk input").Nth(0).FillAsync($"{EnergyWh} Wh");
            await Page.Locator(".desk input").Nth(1).FillAsync("0.2");
            await Page.Locator(".desk button").ClickAsync();
            ILocator outcome = Page.Locator("[data-confirm], [data-sent][class*=bad]");
            await Expect(outcome.First).ToBeVisibleAsync();
            if (await Page.Locator("[data-confirm]").CountAsync() > 0)
            {
                await Expect(Page.Locator(".outcome")).ToContainTextAsync("ENC");
                await Page.Locator("[data-confirm]").ClickAsync();
                await Expect(Page.Locator("[data-sent=Final], [data-sent][class*=bad]"))
                    .ToBeVisibleAsync(new() { Timeout = 30_000 });
                if (await Page.Locator("[data-sent=Final]").CountAsync() > 0)
                {
                    return ulong.Parse(slot, CultureInfo.InvariantCulture);
                }
            }
        }

        throw new AssertionException(await Page.Locator("[data-sent]").InnerTextAsync());
    }
}
