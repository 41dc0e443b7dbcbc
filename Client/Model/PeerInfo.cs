using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>A peer of a node. Its score counts what it did; it fades, and at 100 the peer is banned.</summary>
public sealed record PeerInfo(
    string NodeKey, string Endpoint, string Role, Height Height, bool IsConnected, bool IsOutbound, uint Score = 0)
{
    /// <summary>0 where it is not connected.</summary>
    public BlockTime ConnectedSince { get; init; }
}
