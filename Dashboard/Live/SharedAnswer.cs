using EnergyChain.Client;

namespace EnergyChain.Dashboard.Live;

/// <summary>One shared question with its last answer and the pages that watch it. Thread-safe.</summary>
/// <param name="key">Names it.</param>
/// <param name="load">Asks the node and weighs the answer.</param>
/// <param name="every">The least time between two askings; null asks once.</param>
/// <param name="keepFor">How long it is kept when nobody watches.</param>
/// <param name="isHistory">Whether it waits with the readings of history.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedAnswer(
    string key,
    Func<INodeClient, CancellationToken, Task<LoadedAnswer>> load,
    TimeSpan? every,
    TimeSpan keepFor,
    bool isHistory,
    TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Watcher> _watchers = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile AnswerState _state = AnswerState.None;
    private volatile int _watcherCount;
    private long? _asked;
    private bool _isAsking;
    private CancellationTokenSource? _asking;

    public string Key => key;

    public TimeSpan KeepFor => keepFor;

    public bool IsHistory => isHistory;

    public AnswerState State => _state;

    public Task First => _first.Task;

    /// <summary>When the last watcher left; meaningless while there are some.</summary>
    public long LeftAt { get; private set; } = time.GetTimestamp();

    public bool IsWatched => _watcherCount > 0;

    public IDisposable Watch(Action changed)
    {
        Watcher watcher = new(this, changed);
        lock (_lock)
        {
            _watchers.Add(watcher);
            _watcherCount = _watchers.Count;
        }

        return watcher;
    }

    /// <summary>Whether it is to be asked now; the caller then asks.</summary>
    public bool TryBegin()
    {
        lock (_lock)
        {
            bool isDue = _asked is not { } asked
                || (_state.Error is not null && time.GetElapsedTime(asked) >= (every ?? TimeSpan.FromSeconds(2)))
                || (every is { } pause && !_state.IsFinal && time.GetElapsedTime(asked) >= pause);
            if (_isAsking || !isDue)
            {
                return false;
            }

            _isAsking = true;
            _asked = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>
    /// Whether anybody still waits for what was begun, when its turn has come; else it counts as never asked, and who
    /// comes later begins it anew.
    /// </summary>
    public bool IsStillWanted()
    {
        lock (_lock)
        {
            if (_watchers.Count > 0)
            {
                return true;
            }

            _isAsking = false;
            _asked = null;
            return false;
        }
    }

    /// <summary>
    /// Ends what is being asked where nobody has watched for so long; it counts as never asked then. Who has come back
    /// when it ends has to begin it anew.
    /// </summary>
    public void GiveUp(TimeSpan patience)
    {
        lock (_lock)
        {
            if (_watchers.Count == 0 && time.GetElapsedTime(LeftAt) >= patience)
            {
                // Only marked here: what follows from it runs elsewhere, without this lock.
                _ = _asking?.CancelAsync();
            }
        }
    }

    /// <summary>Asks; false where it was given up meanwhile and nothing was learnt.</summary>
    public async Task<bool> AskAsync(INodeClient node, Action<Exception> onBug, CancellationToken cancellationToken)
    {
        AnswerState before = _state;
        bool isGivenUp = false;
        using CancellationTokenSource asking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_lock)
        {
            _asking = asking;
        }

        try
        {
            LoadedAnswer answer = await load(node, asking.Token);
            _state = new AnswerState(answer.Value, null, time.GetUtcNow(), answer.Rows, answer.IsFinal);
        }
        catch (Exception) when (asking.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            isGivenUp = true;
        }
        catch (NodeClientException error)
        {
            _state = before with { Error = error };
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            onBug(error);
            _state = before with
            {
                Error = new NodeClientException(NodeClientError.BadAnswer, "The answer makes no sense here.", error),
            };
        }
        finally
        {
            lock (_lock)
            {
                _asking = null;
                _isAsking = false;
                _asked = isGivenUp ? null : _asked;
            }

            if (!isGivenUp)
            {
                _first.TrySetResult();
            }
        }

        if (!isGivenUp)
        {
            Tell();
        }

        return !isGivenUp;
    }

    private void Tell()
    {
        Watcher[] watchers;
        lock (_lock)
        {
            watchers = [.. _watchers];
        }

        foreach (Watcher watcher in watchers)
        {
            watcher.Changed();
        }
    }

    private void Leave(Watcher watcher)
    {
        lock (_lock)
        {
            _watchers.Remove(watcher);
            LeftAt = time.GetTimestamp();
            _watcherCount = _watchers.Count;
        }
    }

    private sealed class Watcher(SharedAnswer owner, Action changed) : IDisposable
    {
        public Action Changed { get; } = changed;

        public void Dispose() => owner.Leave(this);
    }
}
