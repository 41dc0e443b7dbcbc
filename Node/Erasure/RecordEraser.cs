using System.Threading.Channels;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Erasure;

/// <summary>
/// Destroys in the block log what the council had erased, beside the chain. It goes through all decisions once after a
/// start, since it may have been stopped in the middle of one or the log may be an old copy, and from then on through
/// those that blocks bring.
/// </summary>
public sealed class RecordEraser(Chain chain, ILogger<RecordEraser> logger) : BackgroundService, IChainObserver
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    // Up to this height transactions are found by their ids; decisions are known a moment before those of their block.
    private ulong _whole = chain.Head.Height.Value;
    private int _done;

    /// <summary>Decisions, from the first on, of which the block log holds nothing any more.</summary>
    public int Done => Volatile.Read(ref _done);

    public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head)
    {
        Volatile.Write(ref _whole, block.Block.Height.Value);
        if (chain.Erasures.Count > Done)
        {
            _wake.Writer.TryWrite(true);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What follows reads and writes files; the host's start does not wait for it.
        await Task.Yield();
        using IDisposable observing = chain.Observe(this);
        _wake.Writer.TryWrite(true);
        int told = chain.Erasures.Count;
        try
        {
            await foreach (bool _ in _wake.Reader.ReadAllAsync(stoppingToken))
            {
                ulong whole = Volatile.Read(ref _whole);
                IReadOnlyList<RecordErasure> decisions = chain.Erasures.All;
                foreach (RecordErasure each in decisions.Skip(told))
                {
                    ErasureLog.Decided(logger, each.TransactionId, each.Decision, each.Height, each.Ground);
                }

                told = decisions.Count;
                Destroy(decisions, whole);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private void Destroy(IReadOnlyList<RecordErasure> decisions, ulong whole)
    {
        bool isDone = chain.DestroyMemos([.. decisions.Skip(Done)], out IReadOnlyList<Height> destroyed);
        foreach (Height height in destroyed)
        {
            ErasureLog.Destroyed(logger, height);
        }

        if (isDone)
        {
            Volatile.Write(ref _done, decisions.Count(each => each.Height.Value <= whole));
        }
        else
        {
            ErasureLog.NotDestroyed(logger);
        }
    }
}
