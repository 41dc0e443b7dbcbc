using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace EnergyChain.Dashboard.Live;

/// <summary>
/// What every component inherits that shows live values: it renders again when the node's view changes (at most twice
/// a second) or a shared answer comes, and gives up what it watches when it goes.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private static readonly TimeSpan PrerenderPatience = TimeSpan.FromMilliseconds(800);

    private readonly List<IDisposable> _held = [];
    private readonly CultureInfo _culture = CultureInfo.CurrentUICulture;
    private bool _isDisposed;

    [Inject]
    internal NodeSession Session { get; set; } = null!;

    [Inject]
    internal SharedAnswers Answers { get; set; } = null!;

    [Inject]
    internal TimeProvider Time { get; set; } = null!;

    /// <summary>The node as of this rendering.</summary>
    protected NodeView View => Session.Current;

    protected DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Whether the node's view is watched; off where only answers matter.</summary>
    protected virtual bool FollowsNode => true;

    protected override void OnInitialized()
    {
        // A page that is only prerendered is thrown away at once.
        if (FollowsNode && RendererInfo.IsInteractive)
        {
            _held.Add(Session.Watch(RenderSoon));
        }
    }

    /// <summary>
    /// Shares the answer to a question and waits a moment for the first one, so that a prerendered page has it. With a
    /// question whose parameters changed, hand in the answer held before: it is kept or given up.
    /// </summary>
    protected async Task<LiveAnswer<T>> WatchAsync<T>(LiveQuery<T> query, LiveAnswer<T>? before = null)
    {
        if (before?.Key == query.Key)
        {
            return before;
        }

        if (before is not null)
        {
            _held.Remove(before);
            before.Dispose();
        }

        LiveAnswer<T> answer = Answers.Watch(query, RenderSoon);
        _held.Add(answer);
        await Task.WhenAny(answer.First, Task.Delay(PrerenderPatience, Time));
        if (_isDisposed)
        {
            answer.Dispose();
        }

        return answer;
    }

    /// <summary>Renders again, from any thread.</summary>
    protected void RenderSoon() => _ = InvokeAsync(() =>
    {
        if (_isDisposed)
        {
            return;
        }

        // Who calls is a thread of the pool, which does not know the language of this page.
        CultureInfo before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = _culture;
        try
        {
            StateHasChanged();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    });

    public void Dispose()
    {
        _isDisposed = true;
        foreach (IDisposable held in _held)
        {
            held.Dispose();
        }

        _held.Clear();
        GC.SuppressFinalize(this);
    }
}
