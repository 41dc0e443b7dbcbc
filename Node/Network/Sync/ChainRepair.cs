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
    private const int BatchBlocks = 256;
    private static readonly TimeSpan ReadingAtATime = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan BetweenPasses = TimeSpan.FromDays(1);

    private ulong _nextRead = 1;
    private long? _passEnded;

    /// <summary>Fetches what is known to be damaged, the highest first: each is proven by the one after it.</summary>
    public async Task MendAsync(CancellationToken stoppingToken)
    {
        List<CommittedBlock> mended = [];
        foreach (Height height in chain.DamagedBlocks.Reverse())
        {
            CommittedBlock? block = mended.Count > 0 && mended[^1].Block.Height == height.Next
                ? await repair.FetchAsync(height, mended[^1].Block, stoppingToken)
                : await FetchAsync(height, stoppingToken);
            if (block is not null)
            {
                mended.Add(block);
            }

            if (mended.Count == BatchBlocks)
            {
                break;
            }
        }

        if (mended.Count > 0)
        {
            chain.TryReplace(mended);
        }
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
