using EnergyChain.Dashboard.Hosting;

namespace EnergyChain.Dashboard.Live;

/// <summary>
/// Questions to the node that open pages share: asked once however many pages show the answer, again no more often than
/// the question says, and only while a page watches. Bounded; thread-safe.
/// </summary>
public sealed class SharedAnswers : IDisposable
{
    /// <summary>Questions in memory.</summary>
    public const int MaxQuestions = 512;

    private const int MaxAtOnce = 8;

    private readonly Dictionary<string, SharedAnswer> _answers = [];
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _atOnce = new(MaxAtOnce);
    private readonly CancellationTokenSource _stop = new();
    private readonly NodeSession _session;
    private readonly TimeProvider _time;
    private readonly ILogger<SharedAnswers> _logger;
    private readonly IDisposable _watch;

    public SharedAnswers(NodeSession session, TimeProvider time, ILogger<SharedAnswers> logger)
    {
        _session = session;
        _time = time;
        _logger = logger;
        _watch = session.Watch(Refresh);
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _answers.Count;
            }
        }
    }

    /// <summary>Shares the answer to a question; <paramref name="changed"/> is called after each new one.</summary>
    public LiveAnswer<T> Watch<T>(LiveQuery<T> query, Action changed)
    {
        SharedAnswer shared;
        IDisposable watch;
        lock (_lock)
        {
            if (!_answers.TryGetValue(query.Key, out SharedAnswer? known))
            {
                known = new SharedAnswer(
                    query.Key,
                    async (node, cancellation) => await query.Load(node, cancellation),
                    query.Every,
                    value => value is T typed && query.IsFinal(typed),
                    query.KeepFor,
                    _time);
                MakeRoom();
                _answers.Add(query.Key, known);
            }

            shared = known;
            watch = shared.Watch(changed);
        }

        Ask(shared);
        return new LiveAnswer<T>(shared, watch);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _stop.Cancel();
    }

    // On every change of the node's view: a new block is what most answers wait for.
    private void Refresh()
    {
        // While the node is gone the last answers are all there is.
        if (!_session.Current.IsFresh)
        {
            return;
        }

        SharedAnswer[] due;
        lock (_lock)
        {
            foreach (SharedAnswer left in _answers.Values.Where(HasLingered).ToArray())
            {
                _answers.Remove(left.Key);
            }

            due = [.. _answers.Values.Where(answer => answer.IsWatched)];
        }

        foreach (SharedAnswer answer in due)
        {
            Ask(answer);
        }
    }

    private bool HasLingered(SharedAnswer answer) =>
        !answer.IsWatched && _time.GetElapsedTime(answer.LeftAt) > answer.KeepFor;

    // Where every question is watched the oldest goes on for its pages but is shared no more.
    private void MakeRoom()
    {
        if (_answers.Count >= MaxQuestions)
        {
            SharedAnswer oldest = _answers.Values
                .OrderBy(answer => answer.IsWatched)
                .ThenBy(answer => answer.LeftAt)
                .First();
            _answers.Remove(oldest.Key);
        }
    }

    private void Ask(SharedAnswer answer)
    {
        if (answer.TryBegin())
        {
            _ = RunAsync(answer);
        }
    }

    private async Task RunAsync(SharedAnswer answer)
    {
        try
        {
            await _atOnce.WaitAsync(_stop.Token);
            try
            {
                await answer.AskAsync(
                    _session.Node, error => _logger.AnswerFailed(error, answer.Key), _stop.Token);
            }
            finally
            {
                _atOnce.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The dashboard stops.
        }
    }
}
