using EnergyChain.Core.Chain;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Pool;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// The one door for blocks from peers: verify, commit, tell. A certified block that our chain cannot commit means
/// that our own state or disk is wrong, so the node stops rather than to go on beside its chain.
/// </summary>
internal sealed class BlockIntake(
    IChain chain,
    ITransactionPool pool,
    ConsensusPort consensus,
    NetworkOptions options,
    NetworkMetrics metrics,
    IHostApplicationLifetime lifetime,
    ILogger<BlockIntake> logger)
{
    /// <summary>False where the chain can no longer commit.</summary>
    public bool IsHealthy { get; private set; } = true;

    /// <summary>Takes the block if it is next. A peer that sent a false one is sent away.</summary>
    public BlockVerdict Take(PeerLink from, CommittedBlock block)
    {
        ChainHead head = chain.Head;
        BlockVerdict verdict = BlockVerifier.Verify(
            block, head, chain.Genesis.ChainId, pool.IsVerified, options.VerifyConcurrency);
        if (verdict == BlockVerdict.NotNext)
        {
            return verdict;
        }

        if (verdict != BlockVerdict.Valid)
        {
            // Consensus may have moved the head while we looked: then the block proves nothing against the peer.
            if (chain.Head.Height != head.Height)
            {
                return BlockVerdict.NotNext;
            }

            logger.BadBlock(from.Id, block.Block.Height, verdict);
            metrics.SyncFault();
            from.Close(DisconnectReason.BadBlock);
            return verdict;
        }

        return Commit(block);
    }

    private BlockVerdict Commit(CommittedBlock block)
    {
        CommitOutcome outcome = chain.Commit(block);
        switch (outcome)
        {
            case CommitOutcome.Committed:
                metrics.BlockSynced();
                consensus.Host?.ChainAdvanced();
                return BlockVerdict.Valid;
            case CommitOutcome.AlreadyKnown:
            case CommitOutcome.NotNext:
                return BlockVerdict.NotNext;
            default:
                IsHealthy = false;
                logger.CommitFailed(block.Block.Height, outcome);
                lifetime.StopApplication();
                return BlockVerdict.NotNext;
        }
    }
}
