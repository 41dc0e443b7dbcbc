using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Node.Network.Joining;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Storage.Portable;
using EnergyChain.Node.Verification;

namespace EnergyChain.Node.Offline;

/// <summary>
/// Writes a checkpoint with all that proves it from the genesis on, as a peer would serve it: the changes of the term,
/// the blocks up to it and the one after it, the cut of the state, its chunks, the code.
/// </summary>
internal static class SnapshotExport
{
    public static void Write(
        Stream stream,
        Genesis genesis,
        LookedAtChain chain,
        ProvenCheckpoint checkpoint,
        WorkProgress progress,
        CancellationToken cancellationToken)
    {
        Height height = checkpoint.Head.Height;
        PortableWriter writer = new(stream, FileKind.SnapshotFile, genesis.Hash, height);
        foreach (TermLink link in checkpoint.Trail.Links)
        {
            writer.Add(PortableTag.TermLink, Bcs.Encode(link));
        }

        for (Height each = JoinBlocks.FirstFor(height); each <= height.Next; each = each.Next)
        {
            writer.Add(PortableTag.Block, each, BytesOf(chain, each));
        }

        StateCopy copy = checkpoint.State.Copy();
        StateCut cut = new(copy);
        writer.Add(PortableTag.Frontier, Bcs.Encode(cut.Frontier));
        for (int chunk = 0; chunk < cut.Frontier.Nodes.Count; chunk++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Add(PortableTag.Chunk, Bcs.Encode(cut.ChunkAt(chunk)));
            progress.Add(transactions: 0);
        }

        foreach (StateEntry.Code code in copy.Entries().TakeWhile(static entry => entry is StateEntry.Code)
            .Cast<StateEntry.Code>())
        {
            writer.Add(PortableTag.Code, code.Bytes.Span);
        }

        writer.End();
    }

    /// <summary>The newest checkpoint that the chain proves; null with the reasons where there is none.</summary>
    public static ProvenCheckpoint? Newest(Genesis genesis, LookedAtChain chain, out string reasons)
    {
        List<string> failed = [];
        foreach (Height height in chain.Checkpoints.Heights())
        {
            string reason;
            if (JoinBlocks.FirstFor(height) < chain.Blocks.First)
            {
                reason = $"the blocks before it begin at {chain.Blocks.First} only";
            }
            else if (ProvenCheckpoint.Find(genesis, chain, height, out reason) is { } proven)
            {
                reasons = string.Empty;
                return proven;
            }

            failed.Add($"the checkpoint of {height}: {reason}");
        }

        reasons = failed.Count == 0 ? "there is no checkpoint yet" : string.Join("; ", failed);
        return null;
    }

    private static byte[] BytesOf(LookedAtChain chain, Height height) =>
        chain.Blocks.TryReadBytes(height, out byte[] bytes)
            ? bytes
            : throw new StorageException($"Block {height} of the block log is damaged: nothing was written.");
}
