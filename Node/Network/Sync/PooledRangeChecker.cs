using System.Collections.Concurrent;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// Checks ranges on the thread pool, a bounded number at a time, ahead of execution. What is done waits for
/// <see cref="Deliver"/> on the driver's thread.
/// </summary>
internal sealed class PooledRangeChecker(NetworkOptions options) : IRangeChecker
{
    private readonly ConcurrentQueue<(RangeCheck Check, Action<RangeCheck> Done)> _waiting = [];
    private readonly ConcurrentQueue<(RangeCheck Check, Action<RangeCheck> Done, Exception? Failure)> _finished = [];
    private int _workers;

    /// <summary>Told, on any thread, that something is done.</summary>
    public event Action? Finished;

    public void Start(RangeCheck check, Action<RangeCheck> done)
    {
        _waiting.Enqueue((check, done));
        AddWorker();
    }

    /// <summary>Hands over what is done. A check that threw throws here: it is a fault of ours.</summary>
    public void Deliver()
    {
        while (_finished.TryDequeue(out (RangeCheck Check, Action<RangeCheck> Done, Exception? Failure) each))
        {
            if (each.Failure is { } failure)
            {
                throw new InvalidOperationException("A range of blocks could not be checked.", failure);
            }

            each.Done(each.Check);
        }
    }

    private void AddWorker()
    {
        if (Interlocked.Increment(ref _workers) <= options.VerifyConcurrency)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static checker => checker.Work(), this, preferLocal: false);
        }
        else
        {
            Interlocked.Decrement(ref _workers);
        }
    }

    private void Work()
    {
        while (_waiting.TryDequeue(out (RangeCheck Check, Action<RangeCheck> Done) next))
        {
            Exception? failure = null;
            try
            {
                next.Check.Run();
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }

            _finished.Enqueue((next.Check, next.Done, failure));
            Finished?.Invoke();
        }

        Interlocked.Decrement(ref _workers);

        // What came between the last look and the end of this worker needs one.
        if (!_waiting.IsEmpty)
        {
            AddWorker();
        }
    }
}
