using EnergyChain.Core.Chain;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Verification;

namespace EnergyChain.Node.Offline;

/// <summary>
/// Takes the blocks of a chain file into a node's chain, each verified as <c>verify</c> does before it is stored and
/// executed. What was imported stays, whatever comes after it, and the next import goes on behind it.
/// </summary>
internal sealed class ChainImport(
    Genesis genesis, Chain chain, PortableBlocks file, PipelineOptions options, TrustedBlock trusted = default)
{
    public WorkProgress Progress { get; } = new(
        file.Last > chain.Head.Height ? file.Last.Value - chain.Head.Height.Value : 0);

    /// <summary>Gives what is wrong with the first block that was not imported; null where all were.</summary>
    /// <exception cref="OperatorException">The file does not reach the node's chain.</exception>
    /// <exception cref="StorageException">The file is damaged or cut short.</exception>
    /// <exception cref="IOException">The disk takes no more.</exception>
    public ChainFault? Run(CancellationToken cancellationToken)
    {
        ChainHead head = chain.Head;
        if (file.First > head.Height.Next)
        {
            throw OperatorException.ForOption(
                "--in",
                $"a file of blocks {file.First} to {file.Last}",
                $"one that begins at block {head.Height.Next} or before, where this node's chain goes on; a node "
                + "without blocks can also begin with a snapshot");
        }

        if (file.PassOver(head.Height, head.Hash) is { } other)
        {
            return other;
        }

        ChainFault? fault;
        bool isClean;
        try
        {
            fault = Take(head, cancellationToken);
        }
        finally
        {
            // The file may hold memos from before the decision to erase them, and an export gives out what is stored.
            isClean = chain.DestroyMemos(chain.Erasures.All, out _);
        }

        return isClean
            ? fault
            : throw new IOException(
                "erased memos could not be destroyed; what was imported stays, and the same command goes on once the "
                + "disk takes it.");
    }

    private ChainFault? Take(ChainHead head, CancellationToken cancellationToken)
    {
        KnownTerms known = new();
        ChainWalk walk = new(genesis, head.Height.Next, head.Terms, known, Parent(head));
        using BlockPipeline pipeline = new(file, genesis.ChainId, known, options);
        while (pipeline.TryTake(out CheckedBlock? block, cancellationToken))
        {
            ChainFault? fault = walk.Step(block)
                ?? Untrusted(block.Block!.Block)
                ?? BlockCheck.Against(block.Block!.Block.Header, chain.Head, "replay");
            if (fault is not null)
            {
                return fault;
            }

            Store(block.Block!);
            Progress.Add(block.Block!.Block.Transactions.Count);
        }

        return null;
    }

    private CommittedBlock? Parent(ChainHead head) =>
        chain.TryGetBlock(head.Height, out CommittedBlock? block) ? block : null;

    private ChainFault? Untrusted(Block block) => trusted.Allows(block)
        ? null
        : new ChainFault(block.Height, FaultKind.Parent, $"it is {block.Hash}; trustedHash is {trusted.Hash}");

    private void Store(CommittedBlock block)
    {
        CommitOutcome outcome = chain.Commit(block);
        if (outcome == CommitOutcome.StorageFailed)
        {
            throw new IOException(
                $"the disk did not take block {block.Block.Height}; what was imported before it stays, and the same "
                + "command goes on once there is room.");
        }

        if (outcome != CommitOutcome.Committed)
        {
            throw new InvalidOperationException($"Block {block.Block.Height} was verified and is {outcome}.");
        }
    }
}
