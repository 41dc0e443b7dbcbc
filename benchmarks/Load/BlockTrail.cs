using System.Diagnostics;
using Grpc.Core;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// Follows a node's final blocks from the first on, their headers alone: the block bodies are fetched when nothing is
/// measured any more. Thread-safe.
/// </summary>
internal sealed class BlockTrail : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly List<TrailBlock> _blocks = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _following;
    private long _committed;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BlockTrail(Proto.ChainService.ChainServiceClient chain) => _following = FollowAsync(chain);

    public ulong Height
    {
        get
        {
            lock (_lock)
            {
                return (ulong)_blocks.Count;
            }
        }
    }

    /// <summary>The last block; null for none.</summary>
    public TrailBlock? Last
    {
        get
        {
            lock (_lock)
            {
                return _blocks.Count == 0 ? null : _blocks[^1];
            }
        }
    }

    /// <summary>Transactions of all blocks so far.</summary>
    public long Committed
    {
        get
        {
            lock (_lock)
            {
                return _committed;
            }
        }
    }

    /// <summary>Every block so far; that of height h is at h - 1.</summary>
    public IReadOnlyList<TrailBlock> Blocks
    {
        get
        {
            lock (_lock)
            {
                return [.. _blocks];
            }
        }
    }

    /// <summary>
    /// Waits for the next block. Throws <see cref="TimeoutException"/> where none comes for a minute: the chain stands
    /// still, or the stream that tells of it.
    /// </summary>
    public async Task NextAsync(CancellationToken cancellationToken)
    {
        Task next;
        lock (_lock)
        {
            next = _following.IsCompleted ? _following : _next.Task;
        }

        try
        {
            await next.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException failure)
        {
            throw new TimeoutException(
                $"A node told of no block for {Patience.TotalSeconds:N0} s after block {Height}.", failure);
        }
    }

    /// <summary>Follows no longer; what came stays.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task FollowAsync(Proto.ChainService.ChainServiceClient chain)
    {
        await Task.Yield();
        using AsyncServerStreamingCall<Proto.Block> call = chain.StreamBlocks(
            new() { FromHeight = 1, HeaderOnly = true }, cancellationToken: _stop.Token);
        await foreach (Proto.Block block in call.ResponseStream.ReadAllAsync(_stop.Token))
        {
            TrailBlock seen = new(
                block.Height, (long)block.TimeMs, (int)block.TransactionCount, Stopwatch.GetTimestamp());
            TaskCompletionSource told;
            lock (_lock)
            {
                _blocks.Add(seen);
                _committed += seen.Transactions;
                told = _next;
                _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            told.TrySetResult();
        }
    }
}
