namespace EnergyChain.Node.Network;

/// <summary>The peers that the node is linked to now. Thread-safe.</summary>
public interface IPeerDirectory
{
    IReadOnlyList<PeerInfo> Peers { get; }
}
