using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// What consensus asks of the network. None of it blocks; messages to a slow peer are dropped by the link.
/// </summary>
public interface IConsensusNetwork
{
    /// <summary>Sends to every connected peer. A peer's link to a relay carries no votes.</summary>
    void Broadcast(ConsensusMessage message);

    /// <summary>Sends to one peer.</summary>
    void Send(PeerId peer, ConsensusMessage message);

    /// <summary>
    /// Asks peers, <paramref name="preferred"/> first, for bodies of transactions that are not in the pool.
    /// </summary>
    void RequestTransactions(PeerId? preferred, Hash32 blockHash, IReadOnlyList<Hash32> transactionIds);

    /// <summary>
    /// A peer sent what no honest one sends. What it costs the peer is the network's to decide.
    /// </summary>
    void Misbehaved(PeerId peer, PeerOffence offence);

    /// <summary>Hands a final block to the peers that follow.</summary>
    void AnnounceBlock(CommittedBlock block);
}
