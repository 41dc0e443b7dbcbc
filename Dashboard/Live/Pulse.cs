using System.Collections.Concurrent;

namespace EnergyChain.Dashboard.Live;

/// <summary>
/// Tells watchers that something changed, at most once in an interval however often it changes. Thread-safe; watchers
/// are called one after the other on a thread of the pool and must not block.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="interval">The least time between two calls.</param>
public sealed class Pulse(TimeProvider time, TimeSpan interval)
{
    private readonly ConcurrentDictionary<Watcher, byte> _watchers = new();
    private readonly SemaphoreSlim _dirty = new(0, 1);

    public int WatcherCount => _watchers.Count;

    /// <summary>Calls <paramref name="changed"/> after changes until what is returned is disposed.</summary>
    public IDisposable Watch(Action changed)
    {
        Watcher watcher = new(this, changed);
        _watchers.TryAdd(watcher, 0);
        return watcher;
    }

    /// <summary>Something changed.</summary>
    public void Mark()
    {
        try
        {
            _dirty.Release();
        }
        catch (SemaphoreFullException)
        {
            // The next call tells of this change too.
        }
    }

    /// <summary>Calls watchers until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _dirty.WaitAsync(cancellationToken);
            Beat();
            await Task.Delay(interval, time, cancellationToken);
        }
    }

    /// <summary>Calls every watcher now.</summary>
    internal void Beat()
    {
        foreach (Watcher watcher in _watchers.Keys)
        {
            watcher.Changed();
        }
    }

    private sealed class Watcher(Pulse owner, Action changed) : IDisposable
    {
        public Action Changed { get; } = changed;

        public void Dispose() => owner._watchers.TryRemove(this, out _);
    }
}
