using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>The forms: login, language, theme, order; and the keyboard.</summary>
internal sealed class FormTests : BrowserTest
{
    private const int LoginsPerMinute = 6;

    [Test]
    public async Task Login_opens_and_logout_closes()
    {
        await LogInAsync();
        await Expect(Page.Locator(".login-link")).ToHaveCountAsync(0);
        await Page.Locator("form[action='/account/logout'] button").ClickAsync();
        await Expect(Page.Locator(".login-link")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Wrong_password_says_so()
    {
        await Page.GotoAsync("/login");
        await Page.Locator("input[name=name]").FillAsync(Devnet.User);
        await Page.Locator("input[name=password]").FillAsync("wrong");
        await Page.Locator("main button.primary").ClickAsync();
        await Expect(Page.Locator(".form-error")).ToContainTextAsync("wrong");

        // A page that does not follow the node shows nothing of it.
        await Expect(Page.Locator(".node-badge")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Language_and_theme_stay_chosen()
    {
        await GoAsync("/devices");
        await Page.Locator("form[action='/preferences/language'] button[value=ko]").ClickAsync();
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "ko");
        await Expect(Page.Locator("main h1")).ToContainTextAsync("기기");
        await Page.Locator("form[action='/preferences/theme'] button[value=dark]").ClickAsync();
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await GoAsync("/network");
        await Expect(Page.Locator("main h1")).ToHaveTextAsync("네트워크");
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Test]
    public async Task Keyboard_alone_reaches_content_and_pages()
    {
        await GoAsync("/");

        // A new page is read from its heading on; the way back leads over the navigation to the skip link.
        await Expect(Page.Locator("main h1")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Shift+Tab");
        await Expect(Page.Locator(".nav a").Last).ToBeFocusedAsync();
        await Page.Locator(".skip").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("main:focus, main :focus")).ToHaveCountAsync(1);
        await Page.Locator(".nav a[href='/network']").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Page.WaitForURLAsync("**/network");
        await Expect(Page.Locator("main h1")).ToHaveTextAsync("Network");
    }

    [Test]
    public async Task Seventh_login_within_a_minute_has_to_wait()
    {
        await using OtherDashboard dashboard = await OtherDashboard.StartAsync(Devnet, Devnet.SiteNode);
        IPage page = await NewPageAsync(dashboard.Address);
        await page.GotoAsync("/login");
        for (int attempt = 1; attempt <= LoginsPerMinute + 1; attempt++)
        {
            await page.Locator("input[name=name]").FillAsync("guesser");
            await page.Locator("input[name=password]").FillAsync($"guess {attempt}");
            await page.Locator("main button.primary").ClickAsync();
            await page.WaitForURLAsync(attempt <= LoginsPerMinute ? "**/login?failed=wrong*" : "**/login?failed=wait*");
            await Expect(page.Locator(".form-error")).ToBeVisibleAsync();
        }

        await page.Context.CloseAsync();
    }

    [Test]
    public async Task Login_by_keyboard_shows_where_it_is()
    {
        await Page.GotoAsync("/login?return=/network");
        await Page.Locator("input[name=name]").FocusAsync();
        await Page.Keyboard.TypeAsync(Devnet.User);
        await TabAsync("input[name=password]");
        await Page.Keyboard.TypeAsync(Devnet.Password);
        await TabAsync("main button.primary");
        await Page.Keyboard.PressAsync("Enter");
        await Page.WaitForURLAsync("**/network");
        await Expect(Page.Locator(".login-link")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Order_by_keyboard_goes_from_field_to_field_and_into_its_question()
    {
        await LogInAsync();
        await GoAsync("/market");
        ILocator slots = Page.Locator(".period select");
        await slots.SelectOptionAsync((await slots.Locator("option").Last.GetAttributeAsync("value"))!);
        await Page.Locator(".desk select").First.FocusAsync();
        await TabAsync(".desk input >> nth=0");
        await Page.Keyboard.TypeAsync("50 Wh");
        await TabAsync(".desk input >> nth=1");
        await Page.Keyboard.TypeAsync("0.1");
        await TabAsync(".desk button");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("[data-confirm]")).ToBeVisibleAsync();
        await Expect(Page.Locator(".rz-dialog:focus, .rz-dialog :focus")).ToHaveCountAsync(1);
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator("[data-confirm]")).ToHaveCountAsync(0);
        await Expect(Page.Locator("[data-sent]")).ToHaveCountAsync(0);
    }

    [TestCase("/")]
    [TestCase("/devices")]
    [TestCase("/market")]
    [TestCase("/bills")]
    [TestCase("/network")]
    [TestCase("/explorer")]
    [TestCase("/explorer/block/1")]
    public async Task Narrow_screen_scrolls_down_only(string path)
    {
        await Page.SetViewportSizeAsync(400, 800);
        await GoAsync(path);
        int width = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        Assert.That(width, Is.LessThanOrEqualTo(400));
    }

    // On to the next field, which has the focus then and shows it.
    private async Task TabAsync(string to)
    {
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.Locator(to)).ToBeFocusedAsync();
        string style = await Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle");
        Assert.That(style, Is.Not.EqualTo("none"), $"{to} has the focus and does not show it");
    }
}
