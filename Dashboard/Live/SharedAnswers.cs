using EnergyChain.Dashboard.Hosting;

namespace EnergyChain.Dashboard.Live;

/// <summary>
/// Questions to the node that open pages share: asked once however many pages show the answer, again no more often than
/// the question says, and only while a page watches. Thread-safe.
/// </summary>
/// <remarks>
/// What a page watches is never given up, so it is bounded by the pages that are open. What nobody watches any more is
/// kept for who comes back, within <see cref="MaxKept"/> and <see cref="MaxKeptRows"/>; final answers go first, because
/// asking again costs least there, then who was left first.
/// </remarks>
public sealed class SharedAnswers : IDisposable
{
    /// <summary>Answers in memory that no page watches.</summary>
    public const int MaxKept = 512;

    /// <summary>Rows of those together (<see cref="LiveQuery{T}.Rows"/>).</summary>
    public const int MaxKeptRows = 100_000;

    /// <summary>Questions of now that the node is asked at once; readings of history have their own gate.</summary>
    public const int MaxAtOnce = 8;

    /// <summary>
    /// How long a reading of history goes on that nobody waits for any more. A page that was drawn lets go of it too,
    /// until its browser has a connection of its own.
    /// </summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(10);

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

    /// <summary>Where readings of history wait for each other, those of downloads too.</summary>
    public HistoryGate History { get; } = new();

    /// <summary>Answers in memory, watched or not.</summary>
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
                MakeRoom();
                known = new SharedAnswer(
                    query.Key,
                    async (node, cancellation) =>
                    {
                        T value = await query.Load(node, cancellation);
                        return new LoadedAnswer(value, query.Rows(value), query.IsFinal(value));
                    },
                    query.Every,
                    query.KeepFor,
                    query.IsHistory,
                    _time);
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

    /// <summary>On every change of the node's view: a new block is what most answers wait for.</summary>
    internal void Refresh()
    {
        bool isFresh = _session.Current.IsFresh;
        SharedAnswer[] due;
        lock (_lock)
        {
            foreach (SharedAnswer reading in _answers.Values.Where(static answer => answer.IsHistory))
            {
                reading.GiveUp(GiveUpAfter);
            }

            // While the node is gone the last answers are all there is.
            if (isFresh)
            {
                foreach (SharedAnswer left in _answers.Values.Where(HasLingered).ToArray())
                {
                    _answers.Remove(left.Key);
                }
            }

            MakeRoom();
            due = isFresh ? [.. _answers.Values.Where(answer => answer.IsWatched)] : [];
        }

        foreach (SharedAnswer answer in due)
        {
            Ask(answer);
        }
    }

    private bool HasLingered(SharedAnswer answer) =>
        !answer.IsWatched && _time.GetElapsedTime(answer.LeftAt) > answer.KeepFor;

    private void MakeRoom()
    {
        int kept = 0;
        long rows = 0;
        foreach (SharedAnswer answer in _answers.Values.Where(answer => !answer.IsWatched))
        {
            kept++;
            rows += answer.State.Rows;
        }

        if (kept < MaxKept && rows <= MaxKeptRows)
        {
            return;
        }

        SharedAnswer[] unwatched =
        [
            .. _answers.Values
                .Where(answer => !answer.IsWatched)
                .OrderByDescending(answer => answer.State.IsFinal)
                .ThenBy(answer => answer.LeftAt),
        ];
        foreach (SharedAnswer answer in unwatched.TakeWhile(_ => kept >= MaxKept || rows > MaxKeptRows))
        {
            _answers.Remove(answer.Key);
            kept--;
            rows -= answer.State.Rows;
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
            bool isAsked = answer.IsHistory
                ? await History.RunAsync(stop => AskAsync(answer, stop), _stop.Token)
                : await AskNowAsync(answer);
            if (!isAsked && answer.IsWatched)
            {
                // Somebody came back while it was given up.
                Ask(answer);
            }
        }
        catch (OperationCanceledException)
        {
            // The dashboard stops.
        }
    }

    private async Task<bool> AskNowAsync(SharedAnswer answer)
    {
        await _atOnce.WaitAsync(_stop.Token);
        try
        {
            return await AskAsync(answer, _stop.Token);
        }
        finally
        {
            _atOnce.Release();
        }
    }

    // Who leafs through a year of bills leaves questions in the queue that nobody looks at any more.
    private async Task<bool> AskAsync(SharedAnswer answer, CancellationToken stop) => answer.IsStillWanted()
        && await answer.AskAsync(_session.Node, error => _logger.AnswerFailed(error, answer.Key), stop);
}
