using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>Who sees nothing: strangers where members read, former members, everybody on another chain.</summary>
internal sealed class AccessTests : BrowserTest
{
    private const string Member = "mina";

    // Open pages are looked after once a minute.
    private const float RevokedPatienceMs = 90_000;

    private static readonly string[] Paths =
        ["/", "/devices", "/market", "/bills", "/explorer", "/explorer/block/1", "/network", "/community"];

    [Test]
    public async Task Node_of_another_chain_is_a_clear_page_without_its_data()
    {
        await using OtherDashboard dashboard =
            await OtherDashboard.StartAsync(Devnet, Devnet.SiteNode, null, "--chain-id", "999");
        IPage page = await NewPageAsync(dashboard.Address);
        foreach (string path in Paths.SkipLast(1))
        {
            await page.GotoAsync(path);
            ILocator main = page.Locator("main");
            await Expect(main).ToContainTextAsync("This node is of another chain");
            await Expect(main).ToContainTextAsync("999");
            await Expect(main).ToContainTextAsync("7001");
            await Expect(main.Locator("data, table")).ToHaveCountAsync(0);
            await Expect(page.Locator(".node-height")).ToHaveCountAsync(0);
        }

        await page.Context.CloseAsync();
    }

    [Test]
    public async Task Members_only_shows_strangers_the_login_and_members_all_until_they_are_none()
    {
        await using OtherDashboard dashboard =
            await OtherDashboard.StartAsync(Devnet, Devnet.SiteNode, Member, "--read", "members");
        IPage page = await NewPageAsync(dashboard.Address);
        await SeesOnlyTheLoginAsync(page);

        await LogInAsync(page, Member);
        await Expect(page.Locator(".node-height")).ToBeVisibleAsync();
        await page.GotoAsync("/market");
        await Expect(page.Locator(".desk")).ToHaveCountAsync(0);
        await page.GotoAsync("/community");
        await Expect(page.Locator("main data, main table")).ToHaveCountAsync(0);

        await page.GotoAsync("/devices");
        await page.Locator("form[action='/account/logout'] button").ClickAsync();
        await page.WaitForURLAsync("**/login*");
        await SeesOnlyTheLoginAsync(page);

        await LogInAsync(page, Member);
        await Expect(page.Locator("[data-link=live][data-interactive]")).ToBeVisibleAsync();
        await File.WriteAllTextAsync(Path.Combine(dashboard.Data, "users.json"), "[]");
        await page.WaitForURLAsync("**/login*", new() { Timeout = RevokedPatienceMs });
        await SeesOnlyTheLoginAsync(page);
        await page.Context.CloseAsync();
    }

    private static async Task SeesOnlyTheLoginAsync(IPage page)
    {
        foreach (string path in Paths)
        {
            await page.GotoAsync(path);
            await Expect(page.Locator("main input[name=password]")).ToBeVisibleAsync();
            await Expect(page.Locator("data, table, .node-height")).ToHaveCountAsync(0);
        }

        IAPIResponse file = await page.APIRequest.GetAsync(
            new Uri(new Uri(page.Url), "/bills/csv?site=1&period=2026-08").ToString());
        Assert.That(await file.TextAsync(), Does.Not.Contain("load_wh"));
    }
}
