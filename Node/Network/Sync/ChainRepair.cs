using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// Keeps the block log of a running chain whole: reads it through once a day, a little at a time, and replaces blocks
/// that are damaged by what the peers have. For one thread.
/// </summary>
internal sealed class ChainRepair(IChain chain, BlockRepair repair, TimeProvider time)
{
    private static readonly TimeSpan ReadingAtATime = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan BetweenPasses = TimeSpan.FromDays(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private ulong _nextRead = 1;
    private long? _passEnded;
    private long? _failed;
    private TimeSpan _pause = FirstPause;
    private Height? _asked;

    /// <summary>
    /// Fetches what is known to be damaged, the highest first: each is proven by the one after it. Where nobody has
    /// what is missing, or the disk does not take it, the pause until the next time grows.
    /// </summary>
    public async Task MendAsync(CancellationToken stoppingToken)
    {
        IReadOnlyList<Height> damaged = chain.DamagedBlocks;
        if (damaged.Count == 0 || (_failed is { } failed && time.GetElapsedTime(failed) < _pause))
        {
            return;
        }

        MendedBlocks mended = new();
        Height? last = null;
        foreach (Height height in InTurn(damaged))
        {
            mended.Add(mended.After(height) is { } child
                ? await repair.FetchAsync(height, child, stoppingToken)
                : await FetchAsync(height, stoppingToken));
            last = height;
            if (mended.IsFull)
            {
                break;
            }
        }

        _asked = last;
        if (mended.Blocks.Count > 0 && chain.TryReplace(mended.Blocks))
        {
            (_failed, _pause) = (null, FirstPause);
            return;
        }

        _pause = _failed is null || _pause * 2 > LongestPause ? _pause : _pause * 2;
        _failed = time.GetTimestamp();
    }

    /// <summary>
    /// Reads on for a moment. Reading is what finds damage: a record that nobody asks for would be missing on the day
    /// that somebody does.
    /// </summary>
    public void ReadOn()
    {
        if (_passEnded is { } ended && time.GetElapsedTime(ended) < BetweenPasses)
        {
            return;
        }

        _passEnded = null;
        long began = time.GetTimestamp();
        ulong last = chain.Head.Height.Value;
        _nextRead = Math.Max(_nextRead, chain.FirstBlock.Value);
        while (_nextRead <= last && time.GetElapsedTime(began) < ReadingAtATime)
        {
            chain.TryGetBlock(new Height(_nextRead), out _);
            _nextRead++;
        }

        if (_nextRead > last)
        {
            _passEnded = time.GetTimestamp();
            _nextRead = 1;
        }
    }

    // On below what was asked for last, so that those which nobody has keep none of the others waiting for good.
    private IEnumerable<Height> InTurn(IReadOnlyList<Height> damaged)
    {
        Height[] below = [.. damaged.Where(height => height < _asked).Reverse()];
        return below.Length > 0 ? below : damaged.Reverse();
    }

    private Task<CommittedBlock?> FetchAsync(Height height, CancellationToken stoppingToken)
    {
        ChainHead head = chain.Head;
        if (height == head.Height)
        {
            return repair.FetchAsync(height, head.Certificate!, stoppingToken);
        }

        return chain.TryGetBlock(height.Next, out CommittedBlock? child)
            ? repair.FetchAsync(height, child.Block, stoppingToken)
            : Task.FromResult<CommittedBlock?>(null);
    }
}
