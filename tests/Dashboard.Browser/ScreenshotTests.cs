using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>The pictures of the documentation, made only where a folder for them is named.</summary>
internal sealed class ScreenshotTests : BrowserTest
{
    private const string Variable = "ENERGYCHAIN_SCREENSHOTS";
    private const int Charts = 8;

    [TestCase("home", "/")]
    [TestCase("devices", "/devices")]
    [TestCase("market", "/market")]
    [TestCase("bills", "/bills")]
    [TestCase("community", "/community")]
    [TestCase("explorer", "/explorer")]
    [TestCase("network", "/network")]
    public async Task Main_pages(string name, string path)
    {
        string folder = Folder();
        IResponse? answer = await Page.GotoAsync(path);
        if (answer?.Status != 200)
        {
            Assert.Ignore($"{path} is not there yet.");
        }

        await ShowAsync(Page);
        await ShootAsync(Page, Path.Combine(folder, name + ".png"));
    }

    [Test]
    public async Task Dark_and_narrow()
    {
        string folder = Folder();
        IPage narrow = await NewPageAsync(Devnet.Dashboard, 400, 900, isDark: true);
        await narrow.GotoAsync("/");
        await ShowAsync(narrow);
        await ShootAsync(narrow, Path.Combine(folder, "home-dark-400.png"));
        await narrow.Context.CloseAsync();
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

    // Charts are drawn once the page is live; some slots make them worth looking at.
    private static async Task ShowAsync(IPage page)
    {
        await Expect(page.Locator("[data-link=live][data-interactive]")).ToBeVisibleAsync();
        await Until.FoundAsync(
            async () => (await Node.ListReadingsAsync(
                new Client.Model.HistoryQuery { Site = (await SiteAsync()).Site, PageSize = Charts },
                CancellationToken.None)).Rows.Count >= Charts ? "" : null,
            "enough slots for a chart",
            TimeSpan.FromMinutes(1));
        ILocator charts = page.Locator(".chart .rz-chart");
        if (await charts.CountAsync() > 0)
        {
            await Expect(charts.First.Locator("path").First).ToBeAttachedAsync();
        }
    }

    // The heading of a new page has the focus, which is right and no picture.
    private static async Task ShootAsync(IPage page, string path)
    {
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path });
    }
}
