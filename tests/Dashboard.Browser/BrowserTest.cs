using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>
/// A page for each test. Every test fails where a page ran a script of its contents, broke the content policy, asked
/// another host, or failed.
/// </summary>
[Category("Browser")]
[NonParallelizable]
internal abstract class BrowserTest
{
    private readonly List<string> _wrongs = [];
    private readonly List<IBrowserContext> _contexts = [];

    protected static Devnet Devnet => BrowserRun.Devnet;

    protected static NodeClient Node => BrowserRun.Devnet.Node;

    protected IPage Page { get; private set; } = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _wrongs.Clear();
        Page = await NewPageAsync(Devnet.Dashboard);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        foreach (IBrowserContext context in _contexts)
        {
            await context.CloseAsync();
        }

        _contexts.Clear();
        Assert.That(_wrongs, Is.Empty);
    }

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    /// <summary>The site that the dashboard shows first, as its node has it now.</summary>
    protected static async Task<SiteInfo> SiteAsync() =>
        (await Node.ListSitesAsync("", CancellationToken.None)).Rows[0];

    /// <summary>The last block of the node.</summary>
    protected static Task<BlockInfo> HeadAsync() => Node.GetBlockAsync((Height?)null, CancellationToken.None);

    protected async Task<IPage> NewPageAsync(Uri dashboard, int width = 1600, int height = 1000, bool isDark = false)
    {
        IBrowserContext context = await BrowserRun.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = dashboard.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = "en-GB",
        });
        _contexts.Add(context);
        context.SetDefaultTimeout((float)Until.Patience.TotalMilliseconds);
        IPage page = await context.NewPageAsync();
        page.Dialog += (_, dialog) =>
        {
            _wrongs.Add("dialog: " + dialog.Message);
            _ = dialog.DismissAsync();
        };
        page.PageError += (_, error) => _wrongs.Add("page error: " + error);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
            {
                _wrongs.Add("policy: " + message.Text);
            }
        };
        page.Request += (_, request) =>
        {
            Uri asked = new(request.Url);
            if (asked.Scheme is "http" or "https" or "ws" or "wss" && asked.Authority != dashboard.Authority)
            {
                _wrongs.Add("other host: " + asked);
            }
        };
        return page;
    }

    /// <summary>Goes there and waits until the page is live: its link to the server stands.</summary>
    protected async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await Expect(Page.Locator("[data-link=live][data-interactive]")).ToBeVisibleAsync();
    }

    /// <summary>An attribute of the page comes to be what the node says.</summary>
    protected Task SameAsync(string selector, string attribute, Func<Task<object?>> node) => Until.SameAsync(
        async () => await Page.Locator(selector).First.GetAttributeAsync(attribute), node, $"{selector} {attribute}");

    protected Task LogInAsync() => LogInAsync(Page, Devnet.User);

    /// <summary>Everybody has the password of the devnet's operator.</summary>
    protected static async Task LogInAsync(IPage page, string user)
    {
        await page.GotoAsync("/login?return=/devices");
        await page.Locator("input[name=name]").FillAsync(user);
        await page.Locator("input[name=password]").FillAsync(Devnet.Password);
        await page.Locator("main button.primary").ClickAsync();
        await page.WaitForURLAsync("**/devices");
    }
}
