using EnergyChain.Core.Chain;
using EnergyChain.Node.Network;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// The validator's consensus loop as the network sees it. Every call only puts an item into the loop's bounded
/// channel and returns; a full channel drops the item and counts it.
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
}
