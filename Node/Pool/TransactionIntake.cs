using System.Threading.Channels;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Telemetry;

namespace EnergyChain.Node.Pool;

/// <summary>
/// The way into the pool of all that peers and clients hand in: a bounded queue before a bounded number of threads that
/// verify. They are the intake's own, so that signatures, which are most of a node's work, never hold up the thread
/// pool that votes and answers come by. Thread-safe.
/// </summary>
internal sealed class TransactionIntake : IDisposable
{
    private const int DrainedAtOnce = 64;

    /// <summary>
    /// Where the processors do not suffice, votes, blocks and links go before new transactions: a tenth of the weight.
    /// </summary>
    private const int Niceness = 10;

    private readonly ITransactionPool _pool;
    private readonly AdmissionGate _gate = new();
    private readonly IDisposable _following;
    private readonly Channel<(Transaction Transaction, IIntakeSource Source)> _queue;
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread[] _workers;
    private int _underWay;
    private volatile bool _isDisposed;

    public TransactionIntake(ITransactionPool pool, IChain chain, IntakeLimits limits)
    {
        _pool = pool;
        _following = chain.Observe(_gate);
        _queue = Channel.CreateBounded<(Transaction, IIntakeSource)>(limits.Queue);
        _workers = [.. Enumerable.Range(0, limits.Workers).Select(
            number => new Thread(Work) { IsBackground = true, Name = $"intake {number}" })];
        Array.ForEach(_workers, static worker => worker.Start());
    }

    /// <summary>Fails where an invariant of the node broke, which must end the node; never ends otherwise.</summary>
    public Task Failure => _failure.Task;

    /// <summary>Whether the links of strangers are read now.</summary>
    public bool IsOpenToStrangers => _gate.IsOpenAt(Waiting);

    /// <summary>Whether clients of the API are served, or told to come again.</summary>
    public bool IsOpenToClients => _gate.IsOpenToClientsAt(Waiting);

    /// <summary>Whether it was disposed, or is about to be.</summary>
    internal bool IsClosed => _isDisposed;

    /// <summary>
    /// Transactions that the next blocks can take, and those on their way into the pool. Who leaves a nonce out keeps
    /// nobody waiting.
    /// </summary>
    public int Waiting => _pool.Ready + Volatile.Read(ref _underWay);

    /// <inheritdoc cref="AdmissionGate.ShareOfSecond"/>
    public TimeSpan ShareOfSecond(int count) => _gate.ShareOfSecond(count);

    /// <summary>
    /// Hands a transaction in; waits while the queue is full. Where that is cancelled the source is not told of it.
    /// </summary>
    public async ValueTask AddAsync(Transaction transaction, IIntakeSource source, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            await _queue.Writer.WriteAsync((transaction, source), cancellationToken);
        }
        catch (ChannelClosedException)
        {
            Interlocked.Decrement(ref _underWay);
            source.OnDecided(transaction, TransactionRefusal.NotReady);
        }
        catch
        {
            Interlocked.Decrement(ref _underWay);
            throw;
        }
    }

    /// <summary>Ends the threads; whoever still waits is told that the node is not ready.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _following.Dispose();
        _queue.Writer.TryComplete();
        Array.ForEach(_workers, static worker => worker.Join());
    }

    private void Work()
    {
        ThreadNice.Lower(Niceness);
        try
        {
            while (true)
            {
                while (Drain())
                {
                    // What a busy thread has spent so far is seen in between.
                }

                if (!_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
                {
                    return;
                }
            }
        }
        catch (InvariantException broken)
        {
            _failure.TrySetException(broken);
        }
    }

    // False where nothing waits.
    private bool Drain()
    {
        using CpuTime.Span stage = CpuTime.Enter(CpuStage.Verify);
        for (int i = 0; i < DrainedAtOnce; i++)
        {
            if (!_queue.Reader.TryRead(out (Transaction Transaction, IIntakeSource Source) next))
            {
                return false;
            }

            Decide(next.Transaction, next.Source);
            Interlocked.Decrement(ref _underWay);
        }

        return true;
    }

    private void Decide(Transaction transaction, IIntakeSource source)
    {
        try
        {
            source.OnDecided(transaction, _isDisposed ? TransactionRefusal.NotReady : _pool.Add(transaction));
        }
        catch (Exception failure) when (failure is not InvariantException)
        {
            source.OnFailed(transaction, failure);
        }
    }
}
