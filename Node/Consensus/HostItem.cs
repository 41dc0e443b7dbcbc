using EnergyChain.Core.Chain;
using EnergyChain.Node.Network;

namespace EnergyChain.Node.Consensus;

/// <summary>What other threads put into the consensus loop: a closed set.</summary>
internal abstract record HostItem
{
    private HostItem()
    {
    }

    public sealed record Message(PeerId From, ConsensusMessage Value) : HostItem;

    public sealed record Bodies(PeerId From, IReadOnlyList<Transaction> Transactions) : HostItem;

    public sealed record Connected(PeerId Peer) : HostItem;

    public sealed record Advanced : HostItem;
}
