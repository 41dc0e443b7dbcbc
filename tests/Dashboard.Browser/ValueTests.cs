using System.Text.RegularExpressions;
using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>What every page shows is what the node says at that moment, and it goes on without a reload.</summary>
internal sealed class ValueTests : BrowserTest
{
    [Test]
    public async Task Every_page_of_the_navigation_opens_and_follows_the_head()
    {
        // Strangers are sent from some of them to the login, which follows nothing.
        await LogInAsync();
        await GoAsync("/");
        int pages = await Page.Locator(".nav a").CountAsync();
        Assert.That(pages, Is.GreaterThanOrEqualTo(4));
        for (int i = 0; i < pages; i++)
        {
            await Page.Locator(".nav a").Nth(i).ClickAsync();
            await Expect(Page.Locator("main h1").First).ToBeVisibleAsync();
            await Expect(Page.Locator("main .state.error")).ToHaveCountAsync(0);
            await SameAsync(".node-height", "data-height", async () => $"{(await HeadAsync()).Height}");
        }
    }

    [TestCase("pv")]
    [TestCase("load")]
    [TestCase("grid")]
    [TestCase("battery")]
    public async Task Home_shows_the_power_of_now(string flow)
    {
        await GoAsync("/");
        await SameAsync($"[data-flow={flow}]", "data-watts", async () =>
        {
            SiteInfo site = await SiteAsync();
            long? watts = flow switch
            {
                "pv" => site.ProductionW,
                "load" => site.ConsumptionW,
                "grid" => site.GridW,
                _ => site.BatteryW,
            };
            return watts is { } known ? $"{known}" : null;
        });
    }

    [Test]
    public async Task Devices_show_who_they_are_and_how_they_are()
    {
        await GoAsync("/devices");
        foreach (DeviceInfo device in (await SiteAsync()).Devices)
        {
            ILocator card = Page.Locator($"[data-device={device.Name}]");
            await Expect(card).ToContainTextAsync(device.Model);
            await Expect(card).ToContainTextAsync(device.SerialNumber);
            await Expect(card).ToContainTextAsync(device.Endpoint);
            await SameAsync($"[data-device={device.Name}]", "data-state", async () =>
                (await SiteAsync()).Devices.Single(other => other.Name == device.Name).State);
        }
    }

    [Test]
    public async Task Devices_count_the_records_that_the_chain_took()
    {
        await GoAsync("/devices");
        await SameAsync("[data-count=accepted]", "value", async () => $"{(await SiteAsync()).Records!.Accepted}");
        await SameAsync("[data-count=given-up]", "value", async () => $"{(await SiteAsync()).Records!.GivenUp}");
        await SameAsync("[data-slot]", "data-slot", async () => $"{(await SiteAsync()).Records!.Recent[0].Slot}");
        string? before = await Page.Locator("[data-count=accepted]").GetAttributeAsync("value");

        // The meter may have fallen silent just now, which is no fault of the page.
        float next = (float)(Devnet.Silence + Until.Patience).TotalMilliseconds;
        await Expect(Page.Locator("[data-count=accepted]"))
            .Not.ToHaveAttributeAsync("value", before!, new() { Timeout = next });
    }

    [Test]
    public async Task Network_shows_the_council_its_peers_and_its_pool()
    {
        await GoAsync("/network");
        ChainInfo chain = await Node.GetChainAsync(CancellationToken.None);
        await Expect(Page.Locator("[data-member]")).ToHaveCountAsync(chain.Council.Count);
        foreach (Address member in chain.Council)
        {
            await Expect(Page.Locator($"[data-member='{member}'] .marks .proposed").First).ToBeVisibleAsync();
        }

        await SameAsync("[data-peers]", "data-peers", async () =>
            $"{(await Node.GetStatusAsync(CancellationToken.None)).Peers}");
        await SameAsync("[data-pool]", "data-pool", async () =>
            $"{(await Node.GetStatusAsync(CancellationToken.None)).PoolTransactions}");
        IReadOnlyList<PeerInfo> peers = (await Node.ListPeersAsync("", CancellationToken.None)).Rows;
        await Expect(Page.Locator("[data-peer]")).ToHaveCountAsync(peers.Count);
    }

    [Test]
    public async Task Explorer_shows_blocks_as_they_come_and_each_of_them()
    {
        await GoAsync("/explorer");
        await Until.SameAsync(
            async () => await Page.Locator("table.grid tbody tr").First.Locator("a").First.GetAttributeAsync("href"),
            async () => $"/explorer/block/{(await HeadAsync()).Height}",
            "the newest block");
        BlockInfo head = await HeadAsync();
        await GoAsync($"/explorer/block/{head.Height}");
        await Expect(Page.Locator(".facts")).ToContainTextAsync(head.Hash.ToString());
        await Expect(Page.Locator(".facts")).ToContainTextAsync(head.Proposer.ToString());
        await GoAsync($"/explorer/block/{head.ParentHash}");
        await Expect(Page.Locator("h1")).ToContainTextAsync("Block");
    }

    [Test]
    public async Task Explorer_explains_the_record_of_a_meter()
    {
        ReadingInfo reading = await ReadingAsync();
        await GoAsync($"/explorer/tx/{reading.TransactionId}");
        await Expect(Page.Locator("[data-state=Final]")).ToBeVisibleAsync();
        await Expect(Page.Locator(".decoded-name").First).ToContainTextAsync("submitRecord");
        await Expect(Page.Locator("main")).ToContainTextAsync("RecordAccepted");

        await GoAsync($"/explorer/device/{reading.Device}");
        await Expect(Page.Locator($"[data-site='{reading.Site}']")).ToBeVisibleAsync();
        await Until.SameAsync(
            async () => await Page.Locator("[data-last-slot]").GetAttributeAsync("data-last-slot"),
            async () => $"{(await Node.ListReadingsAsync(
                new HistoryQuery { Account = reading.Device, PageSize = 1 }, CancellationToken.None)).Rows[0].Slot}",
            "the last slot of the device");
    }

    [Test]
    public async Task Search_finds_every_kind_of_id()
    {
        BlockInfo head = await HeadAsync();
        OrderInfo order = await OrderAsync();
        ReadingInfo reading = await ReadingAsync();
        foreach ((string text, string path) in new[]
        {
            ($"block {head.Height}", $"/explorer/block/{head.Height}"),
            (head.Hash.ToString(), $"/explorer/block/{head.Height}"),
            (order.TransactionId.ToString(), $"/explorer/tx/{order.TransactionId}"),
            ($"order {order.Id}", $"/explorer/order/{order.Id}"),
            ($"slot {order.Slot}", $"/explorer/slot/{order.Slot}"),
            (order.Account.ToString(), $"/explorer/account/{order.Account}"),
            (reading.Device.ToString(), $"/explorer/device/{reading.Device}"),
            ($"site {order.Site}", $"/explorer/account/{order.Account}"),
        })
        {
            await GoAsync("/explorer");
            await Page.Locator("#search").FillAsync(text);
            await Page.Locator("#search").PressAsync("Enter");
            await Assertions.Expect(Page).ToHaveURLAsync(new Regex(Regex.Escape(path) + "$"));
            await Expect(Page.Locator("main h1").First).ToBeVisibleAsync();
            await Expect(Page.Locator("main .state.error")).ToHaveCountAsync(0);
        }

        await Page.GotoAsync($"/explorer/search?q={order.Id}");
        await Expect(Page.Locator($".hits [href='/explorer/order/{order.Id}']")).ToBeVisibleAsync();
        await Expect(Page.Locator($".hits [href='/explorer/block/{order.Id}']")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Order_account_and_contract_are_those_of_the_chain()
    {
        OrderInfo order = await OrderAsync();
        await GoAsync($"/explorer/order/{order.Id}");
        await Expect(Page.Locator(".facts")).ToContainTextAsync(order.TransactionId.ToString());
        await GoAsync($"/explorer/account/{order.Account}");
        await SameAsync("main .figures data", "value", async () =>
            $"{(await Node.GetAccountAsync(order.Account, CancellationToken.None)).Balance}");
        await GoAsync("/explorer/contracts");
        ILocator contract = Page.Locator("[data-contract] a").First;
        string name = await contract.InnerTextAsync();
        await contract.ClickAsync();
        await Expect(Page.Locator("main h1")).ToHaveTextAsync(name);
        await Expect(Page.Locator("main table caption").First).ToHaveTextAsync("Events");
    }

    private static Task<OrderInfo> OrderAsync() => Until.FoundAsync(
        async () => (await Node.ListOrdersAsync(new HistoryQuery { PageSize = 1 }, CancellationToken.None))
            .Rows.FirstOrDefault(),
        "an order");

    private static Task<ReadingInfo> ReadingAsync() => Until.FoundAsync(
        async () => (await Node.ListReadingsAsync(new HistoryQuery { PageSize = 1 }, CancellationToken.None))
            .Rows.FirstOrDefault(),
        "an accepted record");
}
