using System.Text.RegularExpressions;
using Bunit;
using EnergyChain.Client;
using EnergyChain.Dashboard.Access;
using EnergyChain.Dashboard.Components;
using EnergyChain.Dashboard.Components.Layout;
using EnergyChain.Dashboard.Components.Shared;
using EnergyChain.Dashboard.Live;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace EnergyChain.Dashboard.Tests;

/// <summary>What stands around every page: errors, dialogs, the node's state.</summary>
public sealed partial class LayoutTests
{
    [Test]
    public async Task Dialog_that_fails_leaves_the_page_standing()
    {
        await using DashboardContext context = new();
        await context.LinkAsync();
        context.User.LogIn(UserRole.Member);
        IRenderedComponent<Routes> page = context.Render<Routes>();
        await page.InvokeAsync(
            () => context.Services.GetRequiredService<DialogService>().Open<FailingDialog>("dialog"));
        await page.WaitForAssertionAsync(
            () => Assert.That(page.Find(".dialog-failed [role=alert]").TextContent, Does.Contain("failed")));
        Assert.That(page.FindAll("main h1"), Has.Count.EqualTo(1));
    }

    [TestCase(false, "h2")]
    [TestCase(true, "h1")]
    public async Task Error_is_the_title_of_a_page_only_where_it_has_no_other(bool holdsTitle, string heading)
    {
        await using DashboardContext context = new();
        IRenderedComponent<Answered<string>> shown = Show(context, NodeClientError.TooMuch, holdsTitle);
        Assert.That(shown.FindAll("h1, h2").Select(found => found.LocalName), Is.EqualTo(new[] { heading }));
    }

    [Test]
    [SetUICulture("ko")]
    public async Task Error_of_the_node_is_told_in_the_readers_language_beside_its_own_words(
        [Values] NodeClientError error)
    {
        await using DashboardContext context = new();
        IRenderedComponent<Answered<string>> shown = Show(context, error, holdsTitle: false);
        Assert.That(shown.Find("h2 + p").TextContent, Does.Match("[가-힣]"));
        Assert.That(shown.Find("[lang=en]").TextContent, Is.EqualTo("own words"));
    }

    [Test]
    [SetUICulture("ko")]
    public async Task Node_that_cannot_be_reached_is_told_in_the_readers_language()
    {
        await using DashboardContext context = new();
        context.Node.Failure = new NodeClientException(NodeClientError.Unreachable, "own words");
        await context.Session.StartAsync(CancellationToken.None);
        IRenderedComponent<LinkNotice> notice = context.Render<LinkNotice>();
        await notice.WaitForAssertionAsync(() =>
        {
            notice.Render();
            Assert.That(notice.Find("h1 + p").TextContent, Does.Contain("--node").And.Match("[가-힣]"));
        });
        Assert.That(notice.Find("[lang=en]").TextContent, Is.EqualTo("own words"));
    }

    [Test]
    public async Task State_of_the_link_is_read_out_and_not_every_block()
    {
        await using DashboardContext context = new();
        await context.LinkAsync();
        IRenderedComponent<NodeBadge> badge = context.Render<NodeBadge>();
        Assert.That(badge.Find("[role=status]").TextContent, Is.EqualTo("Live"));
        Assert.That(badge.FindAll("[role=status] .node-height, [aria-live=off]"), Is.Empty);
    }

    [Test]
    public void Fields_wait_until_the_page_is_alive()
    {
        string root = Path.Combine(SharedData.RepositoryRoot, "Dashboard", "Components");
        string[] files = Directory.GetFiles(root, "*.razor", SearchOption.AllDirectories);
        List<string> open = [];
        foreach (string file in files.Where(file => Path.GetFileName(file) != "Login.razor"))
        {
            string source = File.ReadAllText(file);
            bool areAllWithin = source.Contains(
                "<fieldset class=\"desk\" disabled=\"@(!RendererInfo.", StringComparison.Ordinal);
            open.AddRange(Field().Matches(source)
                .Select(match => match.Value)
                .Where(field => !field.Contains("type=\"hidden\"", StringComparison.Ordinal))
                .Where(field =>
                    !areAllWithin && !field.Contains("RendererInfo.IsInteractive", StringComparison.Ordinal))
                .Select(field => $"{Path.GetFileName(file)}: {field}"));
        }

        Assert.That(open, Is.Empty);
    }

    private static IRenderedComponent<Answered<string>> Show(
        DashboardContext context, NodeClientError error, bool holdsTitle)
    {
        LiveAnswer<string> answer = context.Services.GetRequiredService<SharedAnswers>().Watch(
            new LiveQuery<string>("key", (_, _) => throw new NodeClientException(error, "own words"), null), () => { });
        return context.Render<Answered<string>>(p => p
            .Add(c => c.Of, answer)
            .Add(c => c.HoldsTitle, holdsTitle)
            .Add(c => c.ChildContent, value => builder => builder.AddContent(0, value)));
    }

    [GeneratedRegex("<(?:input|select|textarea)\\b[^>]*>")]
    private static partial Regex Field();
}
