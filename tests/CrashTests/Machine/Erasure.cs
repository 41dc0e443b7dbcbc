using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Simulation.Disk;
using EnergyChain.Simulation.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.CrashTests.Machine;

/// <summary>Takes the memos out of some stored blocks, as an erasure does: segments are written anew.</summary>
internal static class Erasure
{
    private const int MostBlocks = 2;

    /// <summary>What it is done with is promised: these memos never come back.</summary>
    public static void Run(VirtualDisk disk, Promises promises, SeededRandom random)
    {
        string folder = Path.Combine(LoneNode.Root, "blocks");
        if (disk.Files(folder).Count == 0)
        {
            return;
        }

        using BlockLog log = BlockLog.Open(
            disk, folder, LoneGenesis.Value.Hash, NullLogger.Instance, LoneNode.SegmentBytes);
        CommittedBlock[] changed = [.. random.Draw(WithMemos(log), MostBlocks).Select(Without)];
        if (changed.Length > 0)
        {
            log.Replace(changed);
            promises.OnErased(changed.Select(static block => block.Block.Height.Value));
        }
    }

    private static IEnumerable<CommittedBlock> WithMemos(BlockLog log)
    {
        for (Height height = log.First; height <= log.Last; height = height.Next)
        {
            if (log.TryRead(height, out CommittedBlock? block)
                && block.Block.Transactions.Any(static transaction => transaction.Memo is not null))
            {
                yield return block;
            }
        }
    }

    private static CommittedBlock Without(CommittedBlock block) => block with
    {
        Block = block.Block with
        {
            Transactions = [.. block.Block.Transactions.Select(static transaction => transaction.WithoutMemo())],
        },
    };
}
