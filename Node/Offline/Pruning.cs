using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Verification;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Offline;

/// <summary>
/// Removes old blocks and receipts, whole segments at a time. The node then looks like one that joined by a snapshot:
/// its block log begins later, and <c>terms.log</c> proves the term of its first block. Each step is durable before the
/// next, so that a crash leaves a node that starts, and the same command goes on.
/// </summary>
internal sealed class Pruning(Genesis genesis, DataDirectory directory)
{
    /// <summary>What would go; null with the reasons where no checkpoint is sound.</summary>
    public PrunePlan? Plan(LookedAtChain chain, KeptBlocks keep, out string reasons)
    {
        List<string> notes = [];
        ProvenCheckpoint? oldest = null;
        foreach (Height height in chain.Checkpoints.Heights())
        {
            if (ProvenCheckpoint.Find(genesis, chain, height, out string reason) is { } proven)
            {
                oldest = proven;
            }
            else
            {
                notes.Add($"The checkpoint of {height} is of no use: {reason}.");
            }
        }

        reasons = notes.Count == 0 ? "There is no checkpoint yet." : string.Join(' ', notes);
        if (oldest is null)
        {
            return null;
        }

        // Execution looks back so far from the checkpoint, and whoever joins by it gets so many blocks.
        ulong lowest = oldest.Head.Height.Value < Limits.SnapshotBlocksBefore
            ? 1
            : oldest.Head.Height.Value - Limits.SnapshotBlocksBefore + 1;
        Height wanted = keep.First(chain.Blocks);
        if (wanted.Value > lowest)
        {
            notes.Add(
                $"Blocks from {lowest} on stay, since the node starts at the checkpoint of {oldest.Head.Height}.");
        }

        Height first = chain.Blocks.FirstAfterRemoving(new Height(Math.Min(wanted.Value, lowest)));
        long bytes = chain.Blocks.BytesBefore(first) + chain.Receipts.BytesBefore(first);
        return new PrunePlan(
            first, first.Value - chain.Blocks.First.Value, bytes, oldest.Head.Height, wanted, notes);
    }

    /// <summary>
    /// Removes what a plan names and gives the bytes freed. <see cref="IOException"/> where the disk fails: what is
    /// left is a sound node.
    /// </summary>
    public long Run(PrunePlan plan)
    {
        NullLogger logger = NullLogger.Instance;
        using BlockLog blocks = BlockLog.Open(directory.Disk, directory.Blocks, directory.GenesisHash, logger);
        IReadOnlyList<TermLink> earlier =
            TermLinkFile.Read(directory.Disk, directory.Terms, directory.GenesisHash, logger);
        TermTrail trail = TermTrail.Before(genesis, blocks, earlier, plan.First, hints: null);
        if (!blocks.TryRead(plan.First, out CommittedBlock? block)
            || block.Block.Header.TermHash != trail.Terms.Last.Hash)
        {
            throw new StorageException(
                $"The changes of the term up to block {plan.First} do not lead to its term: nothing was removed; see "
                + "what verify says.");
        }

        // First what lets others join by this node, then the blocks that it stands for; receipts last, as a log of
        // receipts that begins later is of no use to a node whose blocks do not.
        TermLinkFile.Write(directory.Disk, directory.Terms, directory.GenesisHash, trail.Links);
        long freed = blocks.RemoveBefore(plan.First);
        using ReceiptLog receipts = ReceiptLog.Open(
            directory.Disk,
            directory.Receipts,
            directory.GenesisHash,
            logger,
            mayStartLater: blocks.First > Height.Genesis.Next);
        return freed + receipts.RemoveBefore(plan.First);
    }
}
