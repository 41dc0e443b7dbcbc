using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>A peer of a node.</summary>
public sealed record PeerInfo(
    string NodeKey, string Endpoint, string Role, Height Height, bool IsConnected, bool IsOutbound);
