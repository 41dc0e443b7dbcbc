using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Node.Offline;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Verification;

/// <summary>
/// A checkpoint that the chain proves: its state is whole, and the certified header after it, chained from the
/// genesis, states its roots.
/// </summary>
/// <param name="Head">What it says of its block.</param>
/// <param name="State">The state.</param>
/// <param name="Trail">The changes of the term up to the block that proves it.</param>
internal sealed record ProvenCheckpoint(CheckpointHead Head, WorldState State, TermTrail Trail)
{
    /// <summary>The proof of a checkpoint, or why there is none.</summary>
    public static ProvenCheckpoint? Find(Genesis genesis, LookedAtChain chain, Height height, out string reason)
    {
        reason = string.Empty;
        Height after = height.Next;
        if (!chain.Blocks.TryRead(height, out CommittedBlock? own)
            || !chain.Blocks.TryRead(after, out CommittedBlock? next))
        {
            reason = $"block {height} or the block after it, which proves it, is not there";
            return null;
        }

        if (!chain.Checkpoints.TryLoad(height, hashSeed: 0, out CheckpointHead? head, out WorldState? state))
        {
            reason = "it is damaged";
            return null;
        }

        BlockHeader header = next.Block.Header;
        bool isOfChain = head.BlockHash == own.Block.Hash
            && header.ParentHash == head.BlockHash
            && header.ParentStateRoot == head.StateRoot
            && header.ParentReceiptsRoot == head.ReceiptsRoot
            && header.ParentGasUsed == head.GasUsed;
        TermTrail trail = TermTrail.Before(genesis, chain.Blocks, chain.EarlierTerms, after, head.Terms);
        if (!isOfChain || trail.Terms.Last.Hash != header.TermHash)
        {
            reason = "it is not of this chain";
            return null;
        }

        if (BlockCheck.Certificate(next, genesis.ChainId, trail.Terms.Last) is { } fault)
        {
            reason = $"block {after}, which proves it, is wrong: {fault.Reason}";
            return null;
        }

        return new ProvenCheckpoint(head, state, trail);
    }
}
