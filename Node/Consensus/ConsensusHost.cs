using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Telemetry;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// The validator's consensus loop: one reader over a bounded channel, on a thread of its own, so that neither a
/// starved thread pool nor anything else of the node delays it. An exception in it ends the node.
/// </summary>
public sealed class ConsensusHost : BackgroundService, IConsensusHost
{
    private readonly Channel<HostItem> _items = Channel.CreateBounded<HostItem>(
        new BoundedChannelOptions(Limits.MaxConsensusQueue) { SingleReader = true });

    private readonly SemaphoreSlim _signal = new(0);
    private readonly ConsensusMetrics _metrics;
    private readonly ILogger _logger;
    private readonly ConsensusDriver _driver;
    private int _advanced;

    public ConsensusHost(
        IChain chain,
        ITransactionPool pool,
        IConsensusNetwork network,
        IVoteJournal journal,
        SigningKey key,
        TimeProvider time,
        ConsensusMetrics metrics,
        ILogger<ConsensusHost> logger)
    {
        _metrics = metrics;
        _logger = logger;
        _driver = new ConsensusDriver(chain, pool, network, journal, key, time, metrics, logger);
    }

    /// <inheritdoc/>
    public void Deliver(PeerId from, ConsensusMessage message) => Put(new HostItem.Message(from, message));

    /// <inheritdoc/>
    public void DeliverTransactions(PeerId from, IReadOnlyList<Transaction> transactions) =>
        Put(new HostItem.Bodies(from, transactions));

    /// <inheritdoc/>
    public void PeerConnected(PeerId peer) => Put(new HostItem.Connected(peer));

    /// <inheritdoc/>
    public void ChainAdvanced()
    {
        // Not through the channel: it must not be dropped, and one of many is enough.
        Interlocked.Exchange(ref _advanced, 1);
        Signal();
    }

    /// <inheritdoc/>
    public bool TryGetBody(Hash32 id, [NotNullWhen(true)] out Transaction? transaction) =>
        _driver.TryGetBody(id, out transaction);

    public override void Dispose()
    {
        _signal.Dispose();
        base.Dispose();
    }

    /// <summary>The height being decided, for tests that drive the loop themselves.</summary>
    internal Height Height => _driver.Height;

    internal Round Round => _driver.Round;

    /// <summary>The start of the loop, for whoever drives it by <see cref="Pump"/> and not as a service.</summary>
    internal void Begin() => _driver.Start();

    /// <summary>Does all that is waiting or due, and tells when the next timer is; null for none.</summary>
    internal TimeSpan? Pump()
    {
        _driver.RunDueTimers();
        while (TryTake(out HostItem? item))
        {
            _driver.Handle(item);
            _driver.RunDueTimers();
        }

        return _driver.Timers.UntilNext;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Factory.StartNew(
        () => Loop(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Loop(CancellationToken stoppingToken)
    {
        using CpuTime.Span stage = CpuTime.Enter(CpuStage.Consensus);
        try
        {
            Begin();
            while (!stoppingToken.IsCancellationRequested)
            {
                TimeSpan? next = Pump();
                _signal.Wait(next is { } wait ? (int)Math.Ceiling(wait.TotalMilliseconds) : -1, stoppingToken);
                while (_signal.Wait(0, stoppingToken))
                {
                    // One turn of the loop takes all that was put in.
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
        catch (Exception exception)
        {
            _logger.Stopped(_driver.Height, exception.Message, exception);
            throw;
        }
    }

    private bool TryTake([NotNullWhen(true)] out HostItem? item)
    {
        if (Interlocked.Exchange(ref _advanced, 0) == 1)
        {
            item = new HostItem.Advanced();
            return true;
        }

        return _items.Reader.TryRead(out item);
    }

    private void Put(HostItem item)
    {
        if (!_items.Writer.TryWrite(item))
        {
            _metrics.Dropped("queue_full");
            return;
        }

        Signal();
    }

    private void Signal()
    {
        try
        {
            _signal.Release();
        }
        catch (ObjectDisposedException)
        {
            // The node stops and the network is still at work: nobody reads what was put in.
        }
    }
}
