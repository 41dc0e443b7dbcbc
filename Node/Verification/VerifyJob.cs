using System.Security.Cryptography;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Offline;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Verification;

/// <summary>
/// Verifies the chain of a data directory. From block 1 on it executes everything; a log that begins later, and a
/// part of a log, are executed from a checkpoint on, which the header after it proves.
/// </summary>
internal sealed class VerifyJob(Genesis genesis, LookedAtChain chain, VerifyRequest request)
{
    private readonly ulong _hashSeed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    public Height From { get; } = request.From ?? chain.Blocks.First;

    public Height To { get; } = request.To ?? chain.Blocks.Last;

    public WorkProgress Progress { get; } = new(
        (request.To ?? chain.Blocks.Last).Value + 1 - Math.Min(
            (request.From ?? chain.Blocks.First).Value, (request.To ?? chain.Blocks.Last).Value + 1));

    /// <summary>Throws <see cref="OperatorException"/> where the range is not in the log.</summary>
    public void RequireRange()
    {
        BlockLog blocks = chain.Blocks;
        string held = blocks.Last == Height.Genesis ? "no block is there" : $"{blocks.First} to {blocks.Last}";
        if (blocks.Last == Height.Genesis && request == new VerifyRequest(null, null, request.Executes))
        {
            return;
        }

        if (From < blocks.First || From > blocks.Last)
        {
            throw OperatorException.ForOption("--from", From, held);
        }

        if (To < From || To > blocks.Last)
        {
            throw OperatorException.ForOption("--to", To, $"{held}, and not before --from");
        }
    }

    public VerifyReport Run(CancellationToken cancellationToken)
    {
        VerifyReport report = new() { From = From, To = To };
        if (chain.Blocks.Last == Height.Genesis)
        {
            report.Notes.Add("The chain has no block yet.");
            return report;
        }

        CheckpointHead? hints = chain.Checkpoints.Heights().Select(chain.Checkpoints.HeadOf).FirstOrDefault(
            static head => head is not null);
        TermTrail trail = TermTrail.Before(genesis, chain.Blocks, chain.EarlierTerms, From, hints?.Terms);
        using BlockReplay? replay = request.Executes ? Replay(report) : null;
        new ChainVerifier(genesis, new PipelineOptions()).Run(
            new LogBlocks(chain.Blocks, From, To),
            trail.Terms,
            replay,
            chain.Receipts,
            report,
            Progress,
            cancellationToken);
        if (report.Fault is null && replay is not null)
        {
            report.Fault = CompareCheckpoints(replay, report);
            Explain(report);
        }

        return report;
    }

    private BlockReplay? Replay(VerifyReport report)
    {
        if (From == Height.Genesis.Next)
        {
            return BlockReplay.FromGenesis(genesis, _hashSeed);
        }

        // The newest before the range executes all of it, else the oldest inside it the most of it.
        Height[] heights = [.. chain.Checkpoints.Heights()];
        foreach (Height height in heights.Where(height => height < From).Concat(
            heights.Where(height => height >= From && height < To).Reverse()))
        {
            if (chain.Checkpoints.TryLoad(height, _hashSeed, out CheckpointHead? head, out WorldState? state)
                && BlockReplay.FromCheckpoint(head, state, chain.Blocks, _hashSeed) is { } replay)
            {
                // Between the checkpoint and the range nothing is looked at but what execution needs.
                for (Height between = height.Next; between < From; between = between.Next)
                {
                    if (!chain.Blocks.TryRead(between, out CommittedBlock? block)
                        || replay.Execute(block, out _) is not null)
                    {
                        return replay;
                    }
                }

                return replay;
            }
        }

        report.Notes.Add("No sound checkpoint lies before the last block: nothing was executed.");
        return null;
    }

    // Of those that replay came by: a state that is whole and is another one than the chain's.
    private ChainFault? CompareCheckpoints(BlockReplay replay, VerifyReport report)
    {
        foreach (Height height in chain.Checkpoints.Heights().Where(height => height <= chain.Blocks.Last))
        {
            if (chain.Checkpoints.HeadOf(height) is not { } head)
            {
                report.Notes.Add($"The checkpoint of {height} is damaged; the node passes over it.");
            }
            else if (StateRootAfter(height, replay) is { } proven && proven != head.StateRoot)
            {
                return new ChainFault(
                    height,
                    FaultKind.Checkpoint,
                    $"the checkpoint has state root {head.StateRoot}; after this block it is {proven}; delete the file "
                    + "and the node starts from another");
            }
        }

        return null;
    }

    private Hash32? StateRootAfter(Height height, BlockReplay replay) =>
        height == replay.Head.Height ? replay.Head.StateRoot
        : height < replay.Head.Height && chain.Blocks.TryRead(height.Next, out CommittedBlock? next)
            ? next.Block.Header.ParentStateRoot
        : null;

    private void Explain(VerifyReport report)
    {
        if (report.ExecutedFrom is { } first && first > From)
        {
            report.Notes.Add($"Blocks before {first} were not executed: no state from before them is there.");
        }

        if (report.Executed > 0 && To == chain.Blocks.Last)
        {
            report.Notes.Add($"What block {To} gave is stated by the block after it, which is not there yet.");
        }

        if (chain.Receipts.Last < To)
        {
            report.Notes.Add(
                $"Receipts are stored up to block {chain.Receipts.Last}; the node makes the others at its next start.");
        }
    }
}
