using System.Threading.Channels;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Telemetry;

namespace EnergyChain.Node.Pool;

/// <summary>
/// The way into the pool of all that peers and clients hand in: bounded queues before a bounded number of threads that
/// verify. They are the intake's own, so that signatures, which are most of a node's work, never hold up the thread
/// pool that votes and answers come by. Thread-safe.
/// </summary>
internal sealed class TransactionIntake : IDisposable
{
    /// <summary>
    /// Each so many turns one is the clients', whatever the peers send: a member's share of a small council.
    /// </summary>
    private const uint ClientsTurn = 4;

    private const uint Stretch = 64;

    /// <summary>
    /// Where the processors do not suffice, votes, blocks and links go before new transactions: a tenth of the weight.
    /// </summary>
    private const int Niceness = 10;

    private readonly ITransactionPool _pool;
    private readonly IntakeLimits _limits;
    private readonly AdmissionGate _gate = new();
    private readonly IDisposable _following;
    private readonly Channel<Item> _ofPeers;
    private readonly Channel<Item> _ofClients;

    // One permit for each item in either queue.
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread[] _workers;
    private int _underWay;
    private volatile bool _isDisposed;

    public TransactionIntake(ITransactionPool pool, IChain chain, IntakeLimits limits)
    {
        _pool = pool;
        _limits = limits;
        _following = chain.Observe(_gate);
        _ofPeers = Channel.CreateBounded<Item>(limits.Queue);
        _ofClients = Channel.CreateBounded<Item>(limits.ClientQueue);
        _workers = [.. Enumerable.Range(0, limits.Workers).Select(
            number => new Thread(Work) { IsBackground = true, Name = $"intake {number}" })];
        Array.ForEach(_workers, static worker => worker.Start());
    }

    /// <summary>Fails where an invariant of the node broke, which must end the node; never ends otherwise.</summary>
    public Task Failure => _failure.Task;

    /// <summary>Whether the links of strangers are read now.</summary>
    public bool IsOpenToStrangers => _gate.IsOpenAt(Waiting);

    /// <summary>Whether transactions of clients are taken, or told to come again.</summary>
    public bool IsOpenToClients => _gate.IsOpenToClientsAt(Waiting);

    /// <summary>
    /// Whether a further call of a client is read: not while those before it have handed in more than can wait.
    /// </summary>
    public bool IsOpenToCalls => IsOpenToClients && _ofClients.Reader.Count < _limits.ClientQueue;

    /// <summary>Whether it was disposed, or is about to be.</summary>
    internal bool IsClosed => _isDisposed;

    /// <summary>Threads that have not ended, for tests: all of them until it is disposed.</summary>
    internal int WorkersAtWork => _workers.Count(static worker => worker.IsAlive);

    /// <summary>
    /// Transactions that the next blocks can take, and those on their way into the pool. Who leaves a nonce out keeps
    /// nobody waiting.
    /// </summary>
    public int Waiting => _pool.Ready + Volatile.Read(ref _underWay);

    /// <inheritdoc cref="AdmissionGate.ShareOfSecond"/>
    public TimeSpan ShareOfSecond(int count) => _gate.ShareOfSecond(count);

    /// <summary>
    /// Hands in a transaction of a peer, which others have taken already: they go first, or what this node's clients
    /// send would pile up here unseen by the rest of the network. Waits while the queue is full; where that is
    /// cancelled the source is not told of it.
    /// </summary>
    public ValueTask AddOfPeerAsync(
        Transaction transaction, IIntakeSource source, CancellationToken cancellationToken) =>
        AddAsync(_ofPeers, transaction, source, cancellationToken);

    /// <summary>Hands in a transaction of a client of this node.</summary>
    /// <inheritdoc cref="AddOfPeerAsync"/>
    public ValueTask AddOfClientAsync(
        Transaction transaction, IIntakeSource source, CancellationToken cancellationToken) =>
        AddAsync(_ofClients, transaction, source, cancellationToken);

    /// <summary>Ends the threads; whoever still waits is told that the node is not ready.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _following.Dispose();
        _ofPeers.Writer.TryComplete();
        _ofClients.Writer.TryComplete();
        _waiting.Release();
        Array.ForEach(_workers, static worker => worker.Join());
        while (TryTake(0, out Item late))
        {
            // Its permit came after the threads had gone.
            Decide(late);
        }
    }

    private async ValueTask AddAsync(
        Channel<Item> queue, Transaction transaction, IIntakeSource source, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            await queue.Writer.WriteAsync(new Item(transaction, source), cancellationToken);
            _waiting.Release();
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

    private void Work()
    {
        ThreadNice.Lower(Niceness);
        try
        {
            do
            {
                _waiting.Wait();
            }
            while (Drain());
        }
        catch (InvariantException broken)
        {
            _failure.TrySetException(broken);
        }
    }

    // Decides what waits, a stretch at most, so that what a busy thread has spent is seen in between. False at the end.
    private bool Drain()
    {
        using CpuTime.Span stage = CpuTime.Enter(CpuStage.Verify);
        uint turn = 0;
        do
        {
            SpinWait others = default;
            Item item;
            while (!TryTake(turn, out item))
            {
                if (_isDisposed)
                {
                    // The permit of the end: it stays, for the other threads.
                    _waiting.Release();
                    return false;
                }

                // Another thread has taken ours from the queue looked at last; its own has come to the one before.
                others.SpinOnce();
            }

            Decide(item);
            turn++;
        }
        while (turn < Stretch && _waiting.Wait(0));
        return true;
    }

    private bool TryTake(uint turn, out Item item)
    {
        (Channel<Item> first, Channel<Item> second) =
            turn % ClientsTurn == ClientsTurn - 1 ? (_ofClients, _ofPeers) : (_ofPeers, _ofClients);
        return first.Reader.TryRead(out item) || second.Reader.TryRead(out item);
    }

    private void Decide(Item item)
    {
        try
        {
            item.Source.OnDecided(
                item.Transaction, _isDisposed ? TransactionRefusal.NotReady : _pool.Add(item.Transaction));
        }
        catch (Exception failure) when (failure is not InvariantException)
        {
            item.Source.OnFailed(item.Transaction, failure);
        }

        Interlocked.Decrement(ref _underWay);
    }

    private readonly record struct Item(Transaction Transaction, IIntakeSource Source);
}
