using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Execution;

/// <summary>Whether a certified block continues a head.</summary>
internal static class BlockLinkage
{
    /// <summary>
    /// What has to become of the block; <see cref="CommitOutcome.Committed"/> where it may be stored.
    /// </summary>
    public static CommitOutcome Check(CommittedBlock committed, ChainHead head, ChainId chainId)
    {
        BlockHeader header = committed.Block.Header;
        if (header.Height <= head.Height)
        {
            return CommitOutcome.AlreadyKnown;
        }

        if (header.ChainId != chainId
            || committed.Certificate.Height != header.Height
            || committed.Certificate.BlockHash != header.Hash
            || !committed.Block.ContentsMatchHeader())
        {
            return CommitOutcome.Malformed;
        }

        if (header.Height != head.Height.Next || header.ParentHash != head.Hash)
        {
            return CommitOutcome.NotNext;
        }

        bool rootsMatch = header.ParentStateRoot == head.StateRoot
            && header.ParentReceiptsRoot == head.ReceiptsRoot
            && header.ParentGasUsed == head.GasUsed
            && header.TermHash == head.Term.Hash
            && header.NextTermHash == head.NextTerm.Hash;
        return rootsMatch ? CommitOutcome.Committed : CommitOutcome.Diverges;
    }
}
