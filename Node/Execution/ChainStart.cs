using EnergyChain.Consensus.Validators;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
using EnergyChain.Ledger.Governance;
using EnergyChain.Ledger.State;
using EnergyChain.Node.Erasure;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Execution;

/// <summary>
/// Brings state and head to the end of the block log: the newest sound checkpoint, or genesis, and then every block
/// after it executed again and compared with what the next header says.
/// </summary>
internal sealed class ChainStart(
    Genesis genesis, ChainStores stores, ChainOptions options, ErasureBook erasures, ILogger logger)
{
    private const ulong ProgressBlocks = 1_000;

    private readonly Hash32 _genesisHash = genesis.Hash;

    /// <summary>Throws <see cref="StorageException"/> where the log cannot be followed.</summary>
    public LiveState Open(BlockProcessor processor, out RecentHashes hashes)
    {
        LiveState live = FromCheckpoint() ?? FromJoin() ?? FromGenesis();
        erasures.Add(ErasureDecisions.In(live.State));
        Height start = live.Head.Height;
        hashes = HashesBefore(start);
        FillLookup(start);
        Height last = stores.Blocks.Last;
        for (Height height = start.Next; height <= last; height = height.Next)
        {
            CommittedBlock block = BlockAt(height);
            CommitOutcome link = BlockLinkage.Check(block, live.Head, genesis.ChainId);
            if (link != CommitOutcome.Committed)
            {
                throw new StorageException(
                    $"Block {height} of the block log does not follow from executing block {start} to "
                    + $"{live.Head.Height} again ({link}; state root {live.Head.StateRoot}, in the block "
                    + $"{block.Block.Header.ParentStateRoot}): the log or this node's software is not the right one.");
            }

            stores.Receipts.Append(height, Execute(processor, block, live, hashes, erasures, logger));
            stores.Lookup.Add(block.Block);
            if (height.Value % ProgressBlocks == 0)
            {
                ExecutionLog.Replaying(logger, height, last);
            }
        }

        ExecutionLog.Opened(
            logger, live.Head.Height, live.Head.StateRoot, start, live.Head.Height.Value - start.Value);
        return live;
    }

    /// <summary>Executes the next block, publishes state and head, and gives the receipts.</summary>
    public static IReadOnlyList<Receipt> Execute(
        BlockProcessor processor,
        CommittedBlock committed,
        LiveState live,
        RecentHashes hashes,
        ErasureBook erasures,
        ILogger logger)
    {
        Block block = committed.Block;
        BlockResult result = processor.Execute(block, live.State, hashes, live.Head.Terms);
        TermHistory terms = Follow(live.Head.Terms, result.Council, block.Height, logger);
        RecentSigners signers = live.Head.Signers.Add(block);
        hashes.Add(block.Hash);

        // Before anybody can see the height: from it on the records are refused.
        erasures.Add(ErasureDecisions.In(result.Council.Logs));
        live.Publish(result.Changes, stateRoot => new ChainHead(
            block.Height,
            block.Hash,
            block.Header.Time,
            stateRoot,
            result.ReceiptsRoot,
            result.GasUsed,
            terms,
            committed.Certificate,
            signers));
        return result.Receipts;
    }

    private static TermHistory Follow(TermHistory terms, CouncilDecision decision, Height height, ILogger logger)
    {
        if (decision.Verdict is CouncilVerdict.Failed or CouncilVerdict.Nonsense)
        {
            ExecutionLog.CouncilNotHeard(logger, height, decision.Verdict);
        }

        if (decision.Term is not { } term)
        {
            return terms;
        }

        ChainParameters parameters = term.Parameters;
        Height from = height.Next.Next;
        ExecutionLog.TermDecided(
            logger, height, from, term.Council.Count, parameters.BlockIntervalMs, parameters.GasPrice, term.Hash);
        return terms.Add(from, term);
    }

    private LiveState FromGenesis()
    {
        WorldState state = WorldState.FromGenesis(genesis, options.HashSeed);
        ChainHead head = ChainHead.OfGenesis(genesis, state.Root);
        return new LiveState(state, head, options);
    }

    /// <summary>
    /// A node that joined by a snapshot cannot execute what came before it: a checkpoint is enough, the oldest, and
    /// receipts begin after it.
    /// </summary>
    private LiveState? FromJoin()
    {
        if (stores.Blocks.First == Height.Genesis.Next)
        {
            return null;
        }

        foreach (Height height in stores.Checkpoints.Heights().Reverse())
        {
            if (height <= stores.Blocks.Last && TryLoad(height) is { } state)
            {
                stores.Receipts.Clear();
                return state;
            }
        }

        throw new StorageException(
            $"No checkpoint is sound, and the block log begins at {stores.Blocks.First}, since this node joined by a "
            + "snapshot. Move everything but votes.log out of the data directory and let the node join again.");
    }

    private LiveState? FromCheckpoint()
    {
        foreach (Height height in stores.Checkpoints.Heights())
        {
            if (height > stores.Blocks.Last || height > stores.Receipts.Last)
            {
                stores.Checkpoints.PassOver(height, "the block log or the receipts end before it");
                continue;
            }

            if (TryLoad(height) is { } state)
            {
                return state;
            }
        }

        return null;
    }

    private LiveState? TryLoad(Height height)
    {
        bool loaded = stores.Checkpoints.TryLoad(
            height, options.HashSeed, out CheckpointHead? saved, out WorldState? state);
        if (!loaded)
        {
            return null;
        }

        CommittedBlock committed = BlockAt(height);
        if (committed.Block.Hash != saved!.BlockHash)
        {
            stores.Checkpoints.PassOver(height, "its block is not the one in the block log");
            return null;
        }

        return new LiveState(state!, HeadOf(saved, committed), options);
    }

    private ChainHead HeadOf(CheckpointHead saved, CommittedBlock committed) => new(
        saved.Height,
        saved.BlockHash,
        committed.Block.Header.Time,
        saved.StateRoot,
        saved.ReceiptsRoot,
        saved.GasUsed,
        saved.Terms,
        committed.Certificate,
        SignersUpTo(saved.Height));

    // The first block read only tells by which council the certificate in the next one is.
    private RecentSigners SignersUpTo(Height head)
    {
        ulong first = head.Value <= Limits.MaxSignerBlocks ? 1 : head.Value - Limits.MaxSignerBlocks;
        first = Math.Max(first, stores.Blocks.First.Value);
        RecentSigners signers = RecentSigners.None;
        for (ulong height = first; height <= head.Value; height++)
        {
            signers = signers.Add(BlockAt(new Height(height)).Block);
        }

        return signers;
    }

    private RecentHashes HashesBefore(Height head)
    {
        ulong first = head.Value < RecentHashes.Kept ? 0 : head.Value - RecentHashes.Kept + 1;
        first = stores.Blocks.First == Height.Genesis.Next ? first : Math.Max(first, stores.Blocks.First.Value);
        RecentHashes hashes = new(new Height(first));
        for (ulong height = first; height <= head.Value; height++)
        {
            hashes.Add(height == 0 ? _genesisHash : HashOf(new Height(height)));
        }

        return hashes;
    }

    private void FillLookup(Height last)
    {
        for (Height height = stores.Lookup.Last.Next; height <= last; height = height.Next)
        {
            stores.Lookup.Add(BlockAt(height).Block);
        }
    }

    // The one after it knows it as well, so that a damaged block this far back keeps no node from starting.
    private Hash32 HashOf(Height height)
    {
        bool isDamaged = !stores.Blocks.TryRead(height, out CommittedBlock? block);
        return isDamaged && stores.Blocks.TryRead(height.Next, out CommittedBlock? child)
            ? child.Block.Header.ParentHash
            : (block ?? BlockAt(height)).Block.Hash;
    }

    private CommittedBlock BlockAt(Height height) =>
        stores.Blocks.TryRead(height, out CommittedBlock? block)
            ? block
            : throw new DamagedBlockException(height);
}
