using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace EnergyChain.Dashboard.Live;

/// <summary>
/// What every component inherits that shows live values: it renders again when the node's view changes (at most twice
/// a second) or a shared answer comes, and gives up what it watches when it goes.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    private readonly Dictionary<IDisposable, Task> _answers = [];
    private readonly CultureInfo _culture = CultureInfo.CurrentUICulture;
    private IDisposable? _view;
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
            _view = Session.Watch(RenderSoon);
        }
    }

    /// <summary>
    /// Shares the answer to a question, at once and without waiting: with a question of another key what was held
    /// before is given up in the same moment, so that an answer that comes late cannot stand under a newer title.
    /// </summary>
    protected void Watch<T>(ref LiveAnswer<T>? held, LiveQuery<T> query)
    {
        if (_isDisposed || held?.Key == query.Key)
        {
            return;
        }

        Forget(ref held);
        held = Answers.Watch(query, RenderSoon);
        _answers.Add(held, held.First);
    }

    /// <summary>Gives up an answer that is not shown any more.</summary>
    protected void Forget<T>(ref LiveAnswer<T>? held)
    {
        if (held is not null)
        {
            _answers.Remove(held);
            held.Dispose();
            held = null;
        }
    }

    /// <summary>
    /// Waits a moment, once for all answers that the page began to watch in
    /// <see cref="ComponentBase.OnParametersSet"/>, so that a page that is prerendered holds them.
    /// </summary>
    protected override Task OnParametersSetAsync()
    {
        Task all = Task.WhenAll(_answers.Values);
        return all.IsCompleted ? Task.CompletedTask : Task.WhenAny(all, Task.Delay(Patience, Time));
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
        _view?.Dispose();
        foreach (IDisposable answer in _answers.Keys)
        {
            answer.Dispose();
        }

        _answers.Clear();
        GC.SuppressFinalize(this);
    }
}
