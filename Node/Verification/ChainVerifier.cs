using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Verification;

/// <summary>
/// Verifies a chain block by block: links, terms, certificates, signatures, contents, and by executing it the state
/// and the receipts. It ends at the first block that is wrong. Nothing is changed. For one thread.
/// </summary>
/// <param name="genesis">The chain.</param>
/// <param name="options">How much is done at a time.</param>
internal sealed class ChainVerifier(Genesis genesis, PipelineOptions options)
{
    private readonly BcsWriter _writer = new(1 << 16);

    /// <param name="source">The blocks of the report's range.</param>
    /// <param name="terms">The terms up to that of the first block, proven.</param>
    /// <param name="replay">The state that blocks are executed on, from its own height on; null for none.</param>
    /// <param name="stored">The receipts that the node has stored; null where they are not looked at.</param>
    /// <param name="report">What was found.</param>
    /// <param name="progress">Where it is.</param>
    /// <param name="cancellationToken">Ends it by an exception.</param>
    public void Run(
        IBlockSource source,
        TermHistory terms,
        BlockReplay? replay,
        ReceiptLog? stored,
        VerifyReport report,
        WorkProgress progress,
        CancellationToken cancellationToken)
    {
        KnownTerms known = new();
        ChainWalk walk = new(genesis, report.From, terms, known);
        using BlockPipeline pipeline = new(source, genesis.ChainId, known, options);
        while (pipeline.TryTake(out CheckedBlock? block, cancellationToken))
        {
            report.Fault = walk.Step(block) ?? Execute(block.Block!, replay, stored, report);
            if (report.Fault is not null)
            {
                return;
            }

            Count(block, report);
            progress.Add(block.Block!.Block.Transactions.Count);
        }

        report.StateRoot = report.Executed > 0 ? replay!.Head.StateRoot : null;
    }

    private static void Count(CheckedBlock block, VerifyReport report)
    {
        report.Blocks++;
        report.Transactions += (ulong)block.Block!.Block.Transactions.Count;
        report.ErasedMemos += (ulong)block.ErasedMemos;
        report.HeadHash = block.Block.Block.Hash;
    }

    private ChainFault? Execute(
        CommittedBlock committed, BlockReplay? replay, ReceiptLog? stored, VerifyReport report)
    {
        Height height = committed.Block.Height;
        if (replay is null || height <= replay.Head.Height)
        {
            return null;
        }

        if (replay.Execute(committed, out IReadOnlyList<Receipt> receipts) is { } fault)
        {
            return fault;
        }

        report.ExecutedFrom ??= height;
        report.Executed++;
        return stored is null ? null : CompareReceipts(height, receipts, stored, report);
    }

    private ChainFault? CompareReceipts(
        Height height, IReadOnlyList<Receipt> receipts, ReceiptLog stored, VerifyReport report)
    {
        if (height < stored.First || height > stored.Last)
        {
            return null;
        }

        _writer.Clear();
        _writer.WriteList(receipts);
        if (stored.TryReadBytes(height, out byte[] bytes) && _writer.WrittenSpan.SequenceEqual(bytes))
        {
            report.Receipts++;
            return null;
        }

        return new ChainFault(
            height,
            FaultKind.StoredReceipts,
            "the receipts that the node stored are not those of executing the block; delete the folder receipts and "
            + "the node makes them again");
    }
}
