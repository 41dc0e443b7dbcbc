using EnergyChain.Consensus.Validators;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
using EnergyChain.Ledger.State;
using EnergyChain.Node.Erasure;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Verification;

/// <summary>
/// Executes blocks again, away from the node's files, and compares what each header says of the block before with
/// what that gave. For one thread.
/// </summary>
internal sealed class BlockReplay : IDisposable
{
    private static readonly ChainOptions NoHistory = new() { HistoryBlocks = 0 };

    private readonly BlockProcessor _processor;
    private readonly LiveState _live;
    private readonly RecentHashes _hashes;
    private readonly ErasureBook _erasures = new();
    private readonly string _origin;

    private BlockReplay(WorldState state, ChainHead head, RecentHashes hashes, ulong hashSeed, string origin)
    {
        _processor = new BlockProcessor(hashSeed);
        _live = new LiveState(state, head, NoHistory);
        _hashes = hashes;
        _origin = origin;
    }

    /// <summary>The last block executed, and what it gave.</summary>
    public ChainHead Head => _live.Head;

    public static BlockReplay FromGenesis(Genesis genesis, ulong hashSeed)
    {
        WorldState state = WorldState.FromGenesis(genesis, hashSeed);
        ChainHead head = ChainHead.OfGenesis(genesis, state.Root);
        RecentHashes hashes = new(Height.Genesis);
        hashes.Add(genesis.Hash);
        return new BlockReplay(state, head, hashes, hashSeed, "the genesis");
    }

    /// <param name="saved">The checkpoint, which the header after it has still to prove.</param>
    /// <param name="state">Its state.</param>
    /// <param name="blocks">The log that holds its block and those before it.</param>
    /// <param name="hashSeed">As the state's.</param>
    public static BlockReplay? FromCheckpoint(CheckpointHead saved, WorldState state, BlockLog blocks, ulong hashSeed)
    {
        ulong first = saved.Height.Value < RecentHashes.Kept ? 1 : saved.Height.Value - RecentHashes.Kept + 1;
        first = Math.Max(first, blocks.First.Value);
        RecentHashes hashes = new(new Height(first));
        CommittedBlock? block = null;
        for (Height height = new(first); height <= saved.Height; height = height.Next)
        {
            if (!blocks.TryRead(height, out block))
            {
                return null;
            }

            hashes.Add(block.Block.Hash);
        }

        if (block?.Block.Hash != saved.BlockHash)
        {
            return null;
        }

        ChainHead head = new(
            saved.Height,
            saved.BlockHash,
            block.Block.Header.Time,
            saved.StateRoot,
            saved.ReceiptsRoot,
            saved.GasUsed,
            saved.Terms,
            block.Certificate,
            RecentSigners.None);
        return new BlockReplay(state, head, hashes, hashSeed, $"the checkpoint of {saved.Height}");
    }

    /// <summary>
    /// Compares what the next header says with the state reached; where it is the same, executes the block.
    /// </summary>
    /// <param name="committed">The next block, its links verified.</param>
    /// <param name="receipts">What it gave; empty after a fault.</param>
    public ChainFault? Execute(CommittedBlock committed, out IReadOnlyList<Receipt> receipts)
    {
        receipts = [];
        ChainFault? fault = BlockCheck.Against(committed.Block.Header, Head, $"replay from {_origin}");
        if (fault is null)
        {
            receipts = ChainStart.Execute(_processor, committed, _live, _hashes, _erasures, NullLogger.Instance);
        }

        return fault;
    }

    public void Dispose() => _live.Dispose();
}
