using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// The validator's consensus loop as the network sees it. Every call may come from any thread. Those that tell it
/// something only put an item into the loop's bounded channel and return; a full channel drops the item and counts it.
/// </summary>
public interface IConsensusHost
{
    /// <summary>A message from a peer, decoded but not verified.</summary>
    void Deliver(PeerId from, ConsensusMessage message);

    /// <summary>Bodies that were asked for have arrived and are in the pool, or follow directly.</summary>
    void DeliverTransactions(PeerId from, IReadOnlyList<Transaction> transactions);

    /// <summary>A peer's link came up: it is sent what it may lack of the current height.</summary>
    void PeerConnected(PeerId peer);

    /// <summary>Sync has committed up to this head.</summary>
    void ChainAdvanced();

    /// <summary>
    /// A body of a block that is proposed in the current height, signatures verified; for peers that ask for it. It
    /// need not be in the pool: after a restart it comes from the journal, and a full pool does not take it.
    /// </summary>
    bool TryGetBody(Hash32 id, [NotNullWhen(true)] out Transaction? transaction);
}
