using Bunit;

namespace EnergyChain.Dashboard.Tests.Live;

/// <summary>What a page asks and which answer it shows.</summary>
public sealed class LivePageTests
{
    private readonly Dictionary<string, TaskCompletionSource<string>> _answers = [];

    [Test]
    public async Task Slow_answer_to_what_is_no_longer_wanted_is_not_shown()
    {
        await using DashboardContext context = new();
        IRenderedComponent<WatchingPage> page = Show(context, "month");
        page.Render(p => p.Add(c => c.Name, "day"));
        await GiveAsync(page, "day/first", "a day");
        await GiveAsync(page, "day/second", "of it");
        await GiveAsync(page, "month/first", "a month");
        context.Time.Advance(TimeSpan.FromSeconds(2));
        page.Render();
        Assert.That(page.Markup, Is.EqualTo("day: a day of it"));
    }

    [Test]
    public async Task Old_answer_does_not_stand_under_a_new_title()
    {
        await using DashboardContext context = new();
        IRenderedComponent<WatchingPage> page = Show(context, "month");
        await GiveAsync(page, "month/first", "a month");
        await GiveAsync(page, "month/second", "of it");
        page.Render(p => p.Add(c => c.Name, "day"));
        Assert.That(page.Markup.Trim(), Is.EqualTo("day:"));
    }

    [Test]
    public async Task All_questions_of_a_page_are_asked_at_once()
    {
        await using DashboardContext context = new();
        Show(context, "page");
        Assert.That(_answers.Keys, Is.EquivalentTo(new[] { "page/first", "page/second" }));
    }

    private IRenderedComponent<WatchingPage> Show(DashboardContext context, string name) =>
        context.Render<WatchingPage>(p => p.Add(c => c.Name, name).Add(
            c => c.Answer,
            key =>
            {
                lock (_answers)
                {
                    return (_answers[key] = new TaskCompletionSource<string>()).Task;
                }
            }));

    private async Task GiveAsync(IRenderedComponent<WatchingPage> page, string key, string answer)
    {
        await page.InvokeAsync(() => _answers[key].SetResult(answer));
        if (key.StartsWith(page.Instance.Name, StringComparison.Ordinal))
        {
            await page.WaitForAssertionAsync(() => Assert.That(page.Markup, Does.Contain(answer)));
        }
    }
}
