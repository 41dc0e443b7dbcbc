using EnergyChain.Client.Model;
using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>
/// The pictures of the documentation, made only where a folder for them is named; below <c>all</c> there every page in
/// every form, for eyes.
/// </summary>
internal sealed class ScreenshotTests : BrowserTest
{
    private const string Variable = "ENERGYCHAIN_SCREENSHOTS";
    private const int Charts = 16;
    private const int Width = 1_280;
    private const int Height = 860;
    private const int NarrowWidth = 400;

    private static readonly TimeSpan DeliveryPatience = TimeSpan.FromMinutes(3);

    private static readonly (string Name, string Path)[] Pages =
    [
        ("home", "/"), ("devices", "/devices"), ("market", "/market"), ("bills", "/bills"), ("community", "/community"),
        ("explorer", "/explorer"), ("network", "/network"),
    ];

    [Test]
    public async Task Pictures_of_the_main_pages()
    {
        string folder = Folder();
        await EnoughToSeeAsync();
        IPage page = await PageAsync(Width, Height);
        foreach ((string name, string path) in Pages)
        {
            await ShootAsync(page, path, Path.Combine(folder, name + ".png"));
        }

        await ChooseAsync(page, "language", "ko");
        await ShootAsync(page, "/", Path.Combine(folder, "home-ko.png"));
        await page.Context.CloseAsync();
        IPage narrow = await PageAsync(NarrowWidth, Height, isDark: true);
        await ShootAsync(narrow, "/", Path.Combine(folder, "home-dark-400.png"));
        await narrow.Context.CloseAsync();
        IPage dark = await PageAsync(Width, Height, isDark: true);
        await ShootAsync(dark, "/market", Path.Combine(folder, "market-dark.png"));
        await dark.Context.CloseAsync();
    }

    [Test]
    public async Task Every_page_in_every_form()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder(), "all")).FullName;
        await EnoughToSeeAsync();
        HistoryQuery newest = new() { PageSize = 1 };
        OrderInfo order = (await Node.ListOrdersAsync(newest, CancellationToken.None)).Rows[0];
        TradeInfo trade = await DeliveredAsync() ?? throw new AssertionException("no delivered trade");
        (string Name, string Path)[] pages =
        [
            .. Pages, ("block", $"/explorer/block/{trade.Height}"), ("tx", $"/explorer/tx/{order.TransactionId}"),
            ("slot", $"/explorer/slot/{trade.Slot}"), ("trade", $"/explorer/trade/{trade.Id}"),
            ("account", $"/explorer/account/{order.Account}"), ("error", "/explorer/block/x"),
        ];
        foreach ((int width, bool isDark, string language) in new[]
        {
            (Width, false, "en"), (Width, false, "ko"), (Width, true, "en"), (NarrowWidth, false, "ko"),
            (NarrowWidth, true, "en"),
        })
        {
            IPage page = await PageAsync(width, Height, isDark);
            await ChooseAsync(page, "language", language);
            foreach ((string name, string path) in pages)
            {
                string file = $"{name}-{language}-{(isDark ? "dark" : "light")}-{width}.png";
                await ShootAsync(page, path, Path.Combine(folder, file), isWhole: true);
            }

            await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
            string print = $"print-{language}-{(isDark ? "dark" : "light")}-{width}.png";
            await ShootAsync(page, "/bills", Path.Combine(folder, print), isWhole: true);
            await page.Context.CloseAsync();
        }
    }

    private static string Folder()
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(folder))
        {
            Assert.Ignore($"No pictures without {Variable}.");
        }

        return Directory.CreateDirectory(folder!).FullName;
    }

    // Trades come at noon, which is what a picture shall show.
    private static async Task EnoughToSeeAsync()
    {
        await Until.FoundAsync(DeliveredAsync, "energy that a neighbour delivered", DeliveryPatience);
        uint site = (await SiteAsync()).Site;
        await Until.FoundAsync(
            async () => (await Node.ListReadingsAsync(
                new HistoryQuery { Site = site, PageSize = Charts }, CancellationToken.None)).Rows.Count >= Charts
                ? ""
                : null,
            "enough slots for a chart",
            DeliveryPatience);
    }

    private static async Task<TradeInfo?> DeliveredAsync() =>
        (await Node.ListTradesAsync(new HistoryQuery { PageSize = 100 }, CancellationToken.None))
            .Rows.FirstOrDefault(static trade => trade.Settlement is { DeliveredWh: > 0 });

    private async Task<IPage> PageAsync(int width, int height, bool isDark = false)
    {
        IPage page = await NewPageAsync(Devnet.Dashboard, width, height, isDark);
        await page.Context.AddCookiesAsync(await OperatorCookies());
        return page;
    }

    // One login for all pictures: more within a minute are refused.
    private async Task<IEnumerable<Cookie>> OperatorCookies()
    {
        if (!(await Page.Context.CookiesAsync()).Any(static cookie => cookie.Name == "energychain-login"))
        {
            await LogInAsync();
        }

        return (await Page.Context.CookiesAsync())
            .Where(static cookie => cookie.Name == "energychain-login")
            .Select(static cookie => new Cookie
            {
                Name = cookie.Name,
                Value = cookie.Value,
                Domain = cookie.Domain,
                Path = cookie.Path,
                HttpOnly = cookie.HttpOnly,
                SameSite = cookie.SameSite,
            });
    }

    private static async Task ChooseAsync(IPage page, string what, string value)
    {
        await page.GotoAsync("/network");
        await page.Locator($"form[action='/preferences/{what}'] button[value={value}]").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", value);
    }

    // The heading of a new page has the focus, which is right and no picture. Charts are drawn once a page is live.
    private static async Task ShootAsync(IPage page, string path, string file, bool isWhole = false)
    {
        await page.GotoAsync(path);
        await Expect(page.Locator("[data-link=live][data-interactive]")).ToHaveCountAsync(1);
        await Expect(page.Locator("main .loading")).ToHaveCountAsync(0);
        ILocator charts = page.Locator(".chart .rz-chart");
        if (await charts.CountAsync() > 0)
        {
            await Expect(charts.First.Locator("path").First).ToBeAttachedAsync();
        }

        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = file, FullPage = isWhole });
    }
}
