using EnergyChain.Consensus.Safety;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Ledger.Tree;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using EnergyChain.Simulation.Checks;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.CrashTests.Machine;

/// <summary>
/// Compares what a node has after a start with what others were promised. Throws
/// <see cref="BrokenPromiseException"/>.
/// </summary>
internal sealed class Audit(Chain chain, IVoteJournal journal, DataDirectory directory, Promises promises)
{
    /// <summary>All of it; to be asked before the node has said anything.</summary>
    /// <param name="mayLeaveRemains">
    /// Whether the disk refuses things: what could not be written may lie half written until the next start.
    /// </param>
    public void Run(bool mayLeaveRemains = false)
    {
        CheckBlocks();
        CheckVotes();
        CheckCheckpoints();
        CheckSnapshots();
        if (!mayLeaveRemains)
        {
            CheckLeftovers();
        }
    }

    private void CheckBlocks()
    {
        ChainHead head = chain.Head;
        Check(
            head.Height.Value >= promises.Highest,
            $"it starts at {head.Height}, and block {promises.Highest} was told to be final");
        HashSet<Hash32> found = [];
        Block? parent = null;
        for (Height height = Height.Genesis.Next; height <= head.Height; height = height.Next)
        {
            Block block = BlockAt(height);
            promises.OnFinal(block, height == head.Height ? head : null);
            IReadOnlyList<Receipt> receipts = CheckReceipts(block);
            if (parent is not null)
            {
                CheckRoots(block, promises.At(parent.Height.Value)!);
            }

            for (int i = 0; i < block.Transactions.Count; i++)
            {
                Hash32 id = block.Transactions[i].Id;
                Check(receipts[i].TransactionId == id, $"receipt {i} of block {height} is of another transaction");
                Check(
                    !found.Add(id) || (chain.TryFindTransaction(id, out TransactionLocation place)
                        && place == new TransactionLocation(height, i)),
                    $"transaction {i} of block {height} is not found by its id");
            }

            parent = block;
        }
    }

    private Block BlockAt(Height height)
    {
        Check(chain.TryGetBlock(height, out CommittedBlock? committed), $"block {height} cannot be read");
        Block block = committed!.Block;
        Check(
            chain.TryGetHeight(block.Hash, out Height looked) && looked == height,
            $"block {height} is not found by its hash");
        Check(
            committed.Certificate.BlockHash == block.Hash
                && committed.Certificate.Verify(chain.Genesis.ChainId, chain.Genesis.Council),
            $"the certificate of block {height} does not hold");
        Check(
            !promises.IsErased(height) || block.Transactions.All(static transaction => transaction.Memo is null),
            $"a memo of block {height} is there again");
        return block;
    }

    private IReadOnlyList<Receipt> CheckReceipts(Block block)
    {
        Check(
            chain.TryGetReceipts(block.Height, out IReadOnlyList<Receipt>? receipts)
                && receipts.Count == block.Transactions.Count,
            $"the receipts of block {block.Height} cannot be read");
        return receipts!;
    }

    private static void CheckRoots(Block block, ToldBlock parent) => Check(
        parent.StateRoot is null || block.Header.ParentStateRoot == parent.StateRoot,
        $"block {block.Height} states another state than was told after its parent");

    private void CheckVotes()
    {
        HashSet<SignedStep> kept = [];
        foreach (byte[] bytes in journal.ReadAll())
        {
            if (Bcs.TryDecode(bytes, out JournalRecord? record, out _) && SignedSteps.Of(record) is { } signed)
            {
                kept.Add(signed.Step);
            }
        }

        foreach (SignedStep step in promises.SaidAbove(chain.Head.Height))
        {
            Check(kept.Contains(step), $"its {step} went out and is not in the journal");
        }
    }

    private void CheckCheckpoints()
    {
        Checkpoints checkpoints = new(
            directory.Disk, directory.State, directory.GenesisHash, NullLogger.Instance);
        IReadOnlyList<Height> heights = checkpoints.Heights();
        Check(heights.Count <= Checkpoints.Kept + 1, $"{heights.Count} checkpoints are kept");
        foreach (Height height in heights)
        {
            Check(
                checkpoints.TryLoad(height, 0, out CheckpointHead? head, out WorldState? state),
                $"the checkpoint of height {height} is damaged, though it was renamed only when it was whole");
            Check(
                promises.At(height.Value) is { } told
                    && told.Hash == head!.BlockHash
                    && (told.StateRoot is null || told.StateRoot == state!.Root),
                $"the checkpoint of height {height} is of a block or state that nobody was told of");
        }
    }

    private void CheckSnapshots()
    {
        foreach (Height height in chain.Snapshots!.Heights)
        {
            Check(chain.Snapshots.TryFrontier(height, out ReadOnlyMemory<byte> frontier), $"no frontier of {height}");
            Check(
                Bcs.TryDecode(frontier.Span, out StateFrontier? nodes, out _),
                $"the frontier of snapshot {height} cannot be read");
            Hash32 hash = Core.Crypto.Blake2b.Hash(frontier.Span);
            for (int chunk = 0; chunk < nodes!.Nodes.Count; chunk++)
            {
                Check(
                    chain.Snapshots.TryChunk(height, hash, chunk, out _),
                    $"chunk {chunk} of snapshot {height} cannot be read");
            }
        }
    }

    private void CheckLeftovers()
    {
        foreach (string folder in new[]
        {
            directory.Root, directory.Blocks, directory.Receipts, directory.State, directory.Lookup,
            directory.Snapshots, directory.Join,
        })
        {
            string? left = directory.Disk.Files(folder)
                .FirstOrDefault(static name => name.EndsWith(".new", StringComparison.Ordinal));
            Check(left is null, $"{folder} still holds {left}");
        }
    }

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(otherwise);
        }
    }
}
