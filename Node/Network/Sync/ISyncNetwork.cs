using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Network.Sync;

/// <summary>What the sync driver has done by the node around it. None of it blocks or calls the driver back.</summary>
internal interface ISyncNetwork
{
    /// <summary>
    /// Asks a peer for blocks; its answer goes to <see cref="SyncDriver.Replied"/> under the same id.
    /// </summary>
    void Ask(PeerId peer, SyncRequest request);

    /// <summary>
    /// A peer did what no honest one does, or did not do what it claims to be able to. The driver has turned to
    /// others already; what becomes of the link is for the network to say.
    /// </summary>
    void Blame(PeerId peer, SyncFault fault, Height height, BlockVerdict verdict);

    /// <summary>Blocks were committed: whoever works on the next height has to look.</summary>
    void Advanced(int blocks);

    /// <summary>A block that the peers who follow may lack.</summary>
    void Announce(CommittedBlock block);

    /// <summary>Catching up begins, or has reached the peers.</summary>
    void Progress(bool isBehind, Height head, Height target, int peers);

    /// <summary>
    /// A certified block cannot be committed: our own state or disk is wrong. The driver does nothing any more.
    /// </summary>
    void Failed(Height height, CommitOutcome outcome);
}
