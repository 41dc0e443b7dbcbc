using System.Net;
using EnergyChain.Dashboard.Access;
using EnergyChain.Dashboard.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace EnergyChain.Dashboard.Tests.Access;

/// <summary>Names and proxies: who asks, and whether reading is open to it.</summary>
public sealed class ProxyTests : HostFixture
{
    private const string PublicHost = "home.example";

    [TestCase("http://127.0.0.1:30400", null, "127.0.0.1", true)]
    [TestCase("http://127.0.0.1:30400", null, "[::1]", true)]
    [TestCase("http://127.0.0.1:30400", null, "LOCALHOST", true)]
    [TestCase("http://127.0.0.1:30400", null, "rebound.example", false)]
    [TestCase("http://127.0.0.1:30400", null, "localhost.rebound.example", false)]
    [TestCase("http://127.0.0.1:30400", null, "192.168.1.5", false)]
    [TestCase("http://127.0.0.1:30400", null, "", false)]
    [TestCase("http://0.0.0.0:30400", null, "192.168.1.5", true)]
    [TestCase("http://0.0.0.0:30400", null, "rebound.example", false)]
    [TestCase("http://127.0.0.1:30400", "https://home.example", "home.example", true)]
    [TestCase("http://127.0.0.1:30400", "https://home.example", "127.0.0.1", true)]
    [TestCase("http://127.0.0.1:30400", "https://home.example", "rebound.example", false)]
    public void Only_names_of_the_operator_are_served(string listen, string? publicUrl, string host, bool isAllowed) =>
        Assert.That(WhoAsks.IsAllowed(host, Options(listen, publicUrl)), Is.EqualTo(isAllowed));

    [TestCase("http://127.0.0.1:30400", null, ReadAccess.Open)]
    [TestCase("http://0.0.0.0:30400", null, ReadAccess.Members)]
    [TestCase("http://127.0.0.1:30400", "https://home.example", ReadAccess.Members)]
    public void Reading_is_open_only_where_nobody_else_gets(string listen, string? publicUrl, ReadAccess read) =>
        Assert.That(Options(listen, publicUrl).EffectiveRead, Is.EqualTo(read));

    [Test]
    public async Task Site_that_lets_its_name_point_here_reads_nothing()
    {
        await StartAsync(publicUrl: null);
        HttpContext answer = await AskAsync("GET", "/explorer", "rebound.example", IPAddress.Loopback);
        Assert.That(answer.Response.StatusCode, Is.EqualTo(StatusCodes.Status400BadRequest));
    }

    [TestCase("X-Forwarded-For")]
    [TestCase("Forwarded")]
    [TestCase("X-Real-IP")]
    [TestCase("X-Forwarded-Proto")]
    public async Task Proxy_that_was_not_declared_opens_nothing_to_the_world(string header)
    {
        await StartAsync(publicUrl: null);
        HttpContext direct = await AskAsync("GET", "/explorer", "127.0.0.1", IPAddress.Loopback);
        HttpContext forwarded = await AskAsync("GET", "/explorer", "127.0.0.1", IPAddress.Loopback, "9.9.9.9", header);
        Assert.That(direct.Response.StatusCode, Is.EqualTo(StatusCodes.Status200OK));
        Assert.That(forwarded.Response.StatusCode, Is.EqualTo(StatusCodes.Status421MisdirectedRequest));
    }

    [Test]
    public async Task Behind_a_declared_proxy_reading_is_for_members_and_cookies_are_secure()
    {
        await StartAsync("https://" + PublicHost);
        HttpContext page = await AskAsync("GET", "/explorer", PublicHost, IPAddress.Loopback, "9.9.9.9");
        HttpContext login = await AskAsync("GET", "/login", PublicHost, IPAddress.Loopback, "9.9.9.9");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Response.StatusCode, Is.EqualTo(StatusCodes.Status302Found));
            Assert.That(page.Response.Headers.Location.ToString(), Does.StartWith($"https://{PublicHost}/login"));
            Assert.That(login.Response.StatusCode, Is.EqualTo(StatusCodes.Status200OK));
            Assert.That(
                login.Response.Headers.SetCookie.ToString(),
                Does.Contain("__Host-energychain-form").And.Contain("secure"));
            Assert.That(login.Response.Headers.StrictTransportSecurity.ToString(), Is.Not.Empty);
        }
    }

    [Test]
    public async Task Tries_are_counted_by_the_address_that_the_proxy_forwards()
    {
        await StartAsync("https://" + PublicHost);
        Assert.That(await TryAsync(IPAddress.Loopback, _ => "9.9.9.9"), Does.EndWith("failed=wait"));
        HttpContext other = await AskAsync("POST", "/account/login", PublicHost, IPAddress.Loopback, "9.9.9.8");
        Assert.That(other.Response.Headers.Location.ToString(), Does.Not.Contain("wait"));
    }

    [Test]
    public async Task Address_that_another_machine_claims_does_not_count()
    {
        await StartAsync("https://" + PublicHost);
        string? location = await TryAsync(IPAddress.Parse("192.168.1.9"), i => $"9.9.9.{i}");
        Assert.That(location, Does.EndWith("failed=wait"));
    }

    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [TestCase("192.0.2.1", "192.0.2.2", false)]
    [TestCase("192.0.2.1", "::ffff:192.0.2.1", true)]
    public void Tries_of_one_subscriber_are_counted_together(string first, string second, bool isSame) =>
        Assert.That(
            RemoteClient.Of(IPAddress.Parse(first)) == RemoteClient.Of(IPAddress.Parse(second)), Is.EqualTo(isSame));

    private DashboardOptions Options(string listen, string? publicUrl) => new()
    {
        DataDirectory = Folder,
        Listen = new Uri(listen),
        PublicUrl = publicUrl is null ? null : new Uri(publicUrl),
    };

    private Task StartAsync(string? publicUrl) => StartAsync(Options("http://127.0.0.1:30400", publicUrl));

    // As many forms as are too many; the answer to the last.
    private async Task<string?> TryAsync(IPAddress remote, Func<int, string> forwarded)
    {
        HttpContext? last = null;
        for (int i = 1; i <= 8; i++)
        {
            last = await AskAsync("POST", "/account/login", PublicHost, remote, forwarded(i));
        }

        return last?.Response.Headers.Location.ToString();
    }

    private Task<HttpContext> AskAsync(
        string method,
        string path,
        string host,
        IPAddress remote,
        string? forwarded = null,
        string header = "X-Forwarded-For") => App.GetTestServer().SendAsync(context =>
        {
            context.Request.Method = method;
            context.Request.Path = path;
            context.Request.Scheme = "http";
            context.Request.Host = new HostString(host);
            context.Connection.RemoteIpAddress = remote;
            if (forwarded is not null)
            {
                context.Request.Headers[header] = forwarded;
            }
        });
}
