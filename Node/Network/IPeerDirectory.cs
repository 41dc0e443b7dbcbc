using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network;

/// <summary>The node's peers as others may see them. Thread-safe; never blocks.</summary>
public interface IPeerDirectory
{
    /// <summary>Known peers, connected ones first; bounded by the network's limit of peers.</summary>
    IReadOnlyList<PeerSummary> Peers { get; }

    /// <summary>The highest height that a connected peer has told of; 0 where none has.</summary>
    Height BestKnownHeight { get; }

    /// <summary>True while the node fetches blocks that its peers have and it has not.</summary>
    bool IsSyncing { get; }
}
