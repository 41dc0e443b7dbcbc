using System.Net;
using System.Text.RegularExpressions;
using EnergyChain.Client.Model;
using EnergyChain.Dashboard.Access;
using EnergyChain.Dashboard.History;
using EnergyChain.Dashboard.Hosting;
using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Tests.Billing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyChain.Dashboard.Tests;

/// <summary>The real pipeline: headers, forms, cookies.</summary>
public sealed partial class HostTests : HostFixture
{
    private const string Password = "a long password";

    [TestCase("/")]
    [TestCase("/explorer/block/nonsense")]
    [TestCase("/no-such-page")]
    [TestCase("/app.css")]
    public async Task Every_answer_carries_the_policies(string path)
    {
        HttpClient browser = await StartAsync();
        using HttpResponseMessage answer = await browser.GetAsync(path);
        string policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(policy, Does.Contain("default-src 'none'").And.Contain("script-src 'self';"));
            Assert.That(policy, Does.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe-eval"));
            Assert.That(policy, Does.Not.Contain("http").And.Not.Contain("style-src 'self' 'unsafe-inline'"));
            Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
            Assert.That(answer.Headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "no-referrer" }));
        }
    }

    [Test]
    public async Task Page_asks_nobody_else_and_has_no_script_or_style_of_its_own()
    {
        string page = await (await StartAsync()).GetStringAsync("/");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Inline().Matches(page), Is.Empty);
            Assert.That(Foreign().Matches(page), Is.Empty);
        }
    }

    [Test]
    public async Task Unknown_page_is_not_found_and_says_so()
    {
        using HttpResponseMessage answer = await (await StartAsync()).GetAsync("/no-such-page");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("no such page"));
    }

    [Test]
    public async Task Language_follows_the_cookie()
    {
        HttpClient browser = await StartAsync();
        browser.DefaultRequestHeaders.Add("Cookie", ".AspNetCore.Culture=c%3Dko%7Cuic%3Dko");
        string page = WebUtility.HtmlDecode(await browser.GetStringAsync("/login"));
        Assert.That(page, Does.Contain("lang=\"ko\"").And.Contain("비밀번호"));
    }

    [Test]
    public async Task Members_only_page_leads_to_the_login()
    {
        using HttpResponseMessage answer = await (await StartAsync(ReadAccess.Members)).GetAsync("/explorer");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(answer.Headers.Location?.PathAndQuery, Does.StartWith("/login?return="));
    }

    [TestCase(ReadAccess.Open, HttpStatusCode.OK)]
    [TestCase(ReadAccess.Members, HttpStatusCode.Redirect)]
    public async Task Endpoint_that_names_no_policy_is_for_who_may_read(ReadAccess read, HttpStatusCode forStrangers)
    {
        HttpClient browser = await StartAsync(read, change: app => app.MapGet("/forgotten", () => "data"));
        using HttpResponseMessage answer = await browser.GetAsync("/forgotten");
        Assert.That(answer.StatusCode, Is.EqualTo(forStrangers));
        browser.DefaultRequestHeaders.Add("Cookie", await LogInAsync(browser, Password));
        Assert.That(await browser.GetStringAsync("/forgotten"), Is.EqualTo("data"));
    }

    [Test]
    public async Task Stranger_meets_what_the_login_needs_and_no_more()
    {
        HttpClient browser = await StartAsync(ReadAccess.Members);
        using (Assert.EnterMultipleScope())
        {
            foreach ((string method, string path, HttpStatusCode expected) in new[]
            {
                ("GET", "/login", HttpStatusCode.OK),
                ("GET", "/error", HttpStatusCode.OK),
                ("GET", "/not-found", HttpStatusCode.OK),
                ("GET", "/app.css", HttpStatusCode.OK),
                ("GET", "/_framework/blazor.web.js", HttpStatusCode.OK),
                ("GET", "/_content/Radzen.Blazor/Radzen.Blazor.min.js", HttpStatusCode.OK),
                ("GET", "/no-such-page", HttpStatusCode.NotFound),
                ("GET", "/no-such-file.css", HttpStatusCode.NotFound),
                ("POST", "/account/login", HttpStatusCode.BadRequest),
                ("POST", "/preferences/theme", HttpStatusCode.BadRequest),
                ("POST", "/_blazor/negotiate?negotiateVersion=1", HttpStatusCode.Unauthorized),
                ("GET", "/", HttpStatusCode.Redirect),
            })
            {
                using HttpRequestMessage request = new(new HttpMethod(method), path);
                request.Content = method == "POST" ? new FormUrlEncodedContent([]) : null;
                using HttpResponseMessage answer = await browser.SendAsync(request);
                Assert.That(answer.StatusCode, Is.EqualTo(expected), path);
            }
        }
    }

    [Test]
    public async Task Login_shows_nothing_of_the_node_to_who_may_not_read()
    {
        string page = await (await StartAsync(ReadAccess.Members)).GetStringAsync("/login");
        Assert.That(
            page,
            Does.Contain("name=\"password\"").And.Not.Contain("node-badge").And.Not.Contain("class=\"nav\""));
    }

    [Test]
    public async Task Field_of_a_page_that_is_not_alive_yet_takes_no_text()
    {
        string page = await (await StartAsync()).GetStringAsync("/explorer/search?q=");
        Assert.That(page, Does.Match("<input id=\"search\"[^>]* disabled"));
    }

    [Test]
    public async Task Right_password_opens_what_is_for_members()
    {
        HttpClient browser = await StartAsync(ReadAccess.Members);
        string cookie = await LogInAsync(browser, Password);
        using HttpRequestMessage request = new(HttpMethod.Get, "/explorer");
        request.Headers.Add("Cookie", cookie);
        using HttpResponseMessage answer = await browser.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(cookie, Does.Contain("energychain-login="));
    }

    [Test]
    public async Task Wrong_password_opens_nothing() =>
        Assert.That(await LogInAsync(await StartAsync(), "not the password"), Does.Not.Contain("energychain-login="));

    [Test]
    public async Task Form_without_its_token_is_refused()
    {
        HttpClient browser = await StartAsync();
        using FormUrlEncodedContent form = new(new Dictionary<string, string>
        {
            ["name"] = "operator",
            ["password"] = Password,
        });
        using HttpResponseMessage answer = await browser.PostAsync("/account/login", form);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Many_logins_in_a_minute_have_to_wait()
    {
        HttpClient browser = await StartAsync();
        HttpStatusCode last = HttpStatusCode.OK;
        string? location = null;
        for (int i = 0; i < 8; i++)
        {
            using FormUrlEncodedContent form = new(new Dictionary<string, string>());
            using HttpResponseMessage answer = await browser.PostAsync("/account/login", form);
            (last, location) = (answer.StatusCode, answer.Headers.Location?.ToString());
        }

        Assert.That((last, location), Is.EqualTo((HttpStatusCode.Redirect, "/login?failed=wait")));
    }

    [TestCase("/bills/csv")]
    [TestCase("/bills/csv?site=1&period=nonsense")]
    [TestCase("/bills/csv?site=-1&period=2026-08")]
    public async Task Bill_of_no_site_or_period_is_no_file(string path)
    {
        using HttpResponseMessage answer = await (await StartAsync()).GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Members_only_bill_leads_to_the_login()
    {
        using HttpResponseMessage answer = await (await StartAsync(ReadAccess.Members)).GetAsync(
            "/bills/csv?site=1&period=2026-08");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [TestCase("en", "Ask for a shorter period")]
    [TestCase("ko", "더 짧은 기간을 요청하세요")]
    public async Task Bill_that_would_lack_slots_is_no_file_and_says_why(string language, string text)
    {
        FakeNode node = new() { OnCall = FakeContracts.Answer };
        for (ulong i = 0; i < SlotHistory.MaxRows + 10; i++)
        {
            node.Readings.Add(Rows.Reading(Rows.FirstSlot + (i % 1_440), 1, 1, 0, 0, 1));
        }

        using HttpResponseMessage answer = await BillAsync(node, language);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(text).And.Contain("2026-05-28"));
    }

    [Test]
    public async Task Bill_of_a_day_is_a_file_that_tells_missing_from_erased()
    {
        FakeNode node = new() { OnCall = FakeContracts.Answer };
        node.Readings.Add(Rows.Reading(Rows.FirstSlot, 1, 700, 0, 0, 700));
        node.Trades.Add(Rows.Trade(Rows.FirstSlot + 1, 1, 2, 1, 10, 1_000, Rows.Settled(10, 10, 1_000, 0, 0)));
        node.Erased.Add(new ErasedInfo(Core.Primitives.Hash32.Zero, 7, new(3), "erased by decision 7"));
        int free = HistoryGate.MaxAtOnce;
        node.OnList = () => free = Math.Min(free, App.Services.GetRequiredService<SharedAnswers>().History.Free);
        using HttpResponseMessage answer = await BillAsync(node, "en");
        Assert.That(free, Is.EqualTo(HistoryGate.MaxAtOnce - 1));
        string[] lines = (await answer.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[1], Does.Contain(",ok,yes,700,"));
        Assert.That(lines[2], Does.Contain(",missing or erased,no record,,"));
    }

    private async Task<HttpResponseMessage> BillAsync(FakeNode node, string language)
    {
        HttpClient browser = await StartAsync(node: node);
        NodeSession session = App.Services.GetRequiredService<NodeSession>();
        while (session.Current.Market is null)
        {
            await Task.Yield();
        }

        browser.DefaultRequestHeaders.Add("Cookie", $".AspNetCore.Culture=c%3D{language}%7Cuic%3D{language}");
        return await browser.GetAsync("/bills/csv?site=1&period=2026-05-28");
    }

    private async Task<HttpClient> StartAsync(
        ReadAccess read = ReadAccess.Open, FakeNode? node = null, Action<WebApplication>? change = null)
    {
        new UserFile(Folder).Put(
            PasswordHash.Create("operator", UserRole.Operator, Password, memoryKiB: 8, passes: 1));
        await StartAsync(
            new DashboardOptions { DataDirectory = Folder, Read = read, TimeZone = TimeZoneInfo.Utc }, node, change);
        return App.GetTestClient();
    }

    private static async Task<string> LogInAsync(HttpClient browser, string password)
    {
        using HttpResponseMessage page = await browser.GetAsync("/login");
        string token = Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        string cookies = Cookies(page);
        using HttpRequestMessage request = new(HttpMethod.Post, "/account/login")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = token,
                ["name"] = "operator",
                ["password"] = password,
                ["return"] = "/explorer",
            }),
        };
        request.Headers.Add("Cookie", cookies);
        using HttpResponseMessage answer = await browser.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        return $"{cookies}; {Cookies(answer)}";
    }

    private static string Cookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? set)
            ? string.Join("; ", set.Select(cookie => cookie.Split(';')[0]))
            : "";

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<style|<script(?![^>]*\\ssrc=)|\\son[a-z]+=\"|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("(?:src|href|action)=\"(?:https?:)?//", RegexOptions.IgnoreCase)]
    private static partial Regex Foreign();
}
