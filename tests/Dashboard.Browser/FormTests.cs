namespace EnergyChain.Dashboard.Browser;

/// <summary>The forms of the frame: login, language, theme; and the keyboard.</summary>
internal sealed class FormTests : BrowserTest
{
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

    [TestCase("/")]
    [TestCase("/devices")]
    [TestCase("/network")]
    [TestCase("/explorer")]
    public async Task Narrow_screen_scrolls_down_only(string path)
    {
        await Page.SetViewportSizeAsync(400, 800);
        await GoAsync(path);
        int width = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        Assert.That(width, Is.LessThanOrEqualTo(400));
    }
}
