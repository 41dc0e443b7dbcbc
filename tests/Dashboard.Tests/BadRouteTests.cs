using System.Reflection;
using Bunit;
using EnergyChain.Client.Model;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Components.Pages;
using EnergyChain.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyChain.Dashboard.Tests;

/// <summary>Whatever stands in an address gives a clear page, on every route that there is.</summary>
public sealed class BadRouteTests
{
    private const string Script = "<script>alert(1)</script>";

    private static readonly string[] Malformed =
    [
        Script, "\"><img src=x onerror=alert(1)>", "-1", "1e3", "0x12", "18446744073709551616", " ", "\uFF11\uFF12",
        "javascript:alert(1)", "..\\..\\x", "%00", new string('9', 5_000),
    ];

    private static readonly string[] Unknown =
    [
        "18446744073709551615", Hash32.Zero.ToString(), Address.Zero.ToString(),
    ];

    private static readonly string[] Asked = ["site", "period", "before", "q"];

    private static readonly (Type Page, string Route)[] Pages =
    [
        .. typeof(Home).Assembly.GetTypes().SelectMany(type => type
            .GetCustomAttributes<RouteAttribute>()
            .Select(route => (type, route.Template))),
    ];

    private static readonly TestCaseData[] MalformedIds =
        [.. OfThings.SelectMany(page => Malformed.Select((id, i) => Case(page.Page, id, $"{page.Route}, {i}")))];

    private static readonly TestCaseData[] UnknownIds =
        [.. OfThings.SelectMany(page => Unknown.Select((id, i) => Case(page.Page, id, $"{page.Route}, {i}")))];

    private static readonly TestCaseData[] Queries =
    [
        .. Pages.Except(OfThings)
            .Where(page => typeof(LivePage).IsAssignableFrom(page.Page))
            .SelectMany(page => Malformed.SelectMany((value, i) => Asked.Select(name => Case(
                page.Page, $"{page.Route}?{name}={Uri.EscapeDataString(value)}", $"{page.Route}?{name}, {i}")))),
    ];

    private static IEnumerable<(Type Page, string Route)> OfThings =>
        Pages.Where(page => page.Route.Contains("{Id}", StringComparison.Ordinal));

    [Test]
    public void Every_kind_of_thing_has_its_page() => Assert.That(OfThings.Count(), Is.EqualTo(7));

    [TestCaseSource(nameof(MalformedIds))]
    public async Task Malformed_id_is_refused_before_the_node_is_asked(Type page, string id)
    {
        await using DashboardContext context = new();
        IRenderedComponent<IComponent> shown = Show(context, page, id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shown.FindAll("[role=alert]"), Has.Count.EqualTo(1));
            Assert.That(shown.FindAll("script, img, a[href^=javascript]"), Is.Empty);
            Assert.That(context.Node.Calls, Is.Zero);
        }
    }

    [TestCaseSource(nameof(UnknownIds))]
    public async Task Id_of_nothing_gives_a_clear_page(Type page, string id)
    {
        await using DashboardContext context = new();
        IRenderedComponent<IComponent> shown = Show(context, page, id);

        // An account exists by its address alone.
        string wanted = page == typeof(AccountPage) && id == Address.Zero.ToString() ? "h1" : "[role=alert]";
        shown.WaitForAssertion(() => Assert.That(shown.FindAll(wanted), Is.Not.Empty));
    }

    [TestCaseSource(nameof(Queries))]
    public async Task Bad_parameter_breaks_no_page(Type page, string path)
    {
        await using DashboardContext context = new();
        context.Services.GetRequiredService<NavigationManager>().NavigateTo(path);
        IRenderedComponent<IComponent> shown = Show(context, page, null);
        shown.WaitForAssertion(() => Assert.That(shown.FindAll("h1"), Has.Count.EqualTo(1)));
        Assert.That(shown.FindAll("script, img, a[href^=javascript]"), Is.Empty);
    }

    [TestCase("18446744073709551615")]
    [TestCase("0")]
    public async Task Blocks_below_any_height_lead_back_to_newer_ones(string before)
    {
        await using DashboardContext context = new();
        context.Services.GetRequiredService<NavigationManager>().NavigateTo("/explorer?before=" + before);
        IRenderedComponent<Components.Pages.Explorer> page = context.Render<Components.Pages.Explorer>();
        Assert.That(page.Find(".pager a").GetAttribute("href"), Is.EqualTo("/explorer"));
    }

    [Test]
    public async Task Answer_to_an_older_search_leads_nowhere()
    {
        await using DashboardContext context = new();
        Hash32 slow = Blake2b.Hash("slow"u8);
        Hash32 quick = Blake2b.Hash("quick"u8);
        TaskCompletionSource<TransactionInfo> answer = new();
        context.Node.SlowTransaction = id => id == slow
            ? answer.Task
            : Task.FromResult(new TransactionInfo(id, TransactionState.Unknown, null, null));
        NavigationManager navigation = context.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"/explorer/search?q={slow}");
        IRenderedComponent<SearchPage> page = context.Render<SearchPage>();
        navigation.NavigateTo($"/explorer/search?q={quick}");
        page.WaitForAssertion(() => Assert.That(page.Find(".empty").TextContent, Does.Contain(quick.ToString())));
        await page.InvokeAsync(
            () => answer.SetResult(new TransactionInfo(slow, TransactionState.Pending, null, null)));
        Assert.That(navigation.Uri, Does.EndWith(quick.ToString()));
        Assert.That(page.Find(".empty").TextContent, Does.Contain(quick.ToString()));
    }

    private static TestCaseData Case(Type page, string value, string name) =>
        new TestCaseData(page, value).SetArgDisplayNames(name);

    private static IRenderedComponent<IComponent> Show(DashboardContext context, Type page, string? id) =>
        context.Render<IComponent>(builder =>
        {
            builder.OpenComponent(0, page);
            if (id is not null)
            {
                builder.AddComponentParameter(1, "Id", id);
            }

            builder.CloseComponent();
        });
}
