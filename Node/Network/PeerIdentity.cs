using EnergyChain.Core.Crypto;

namespace EnergyChain.Node.Network;

/// <summary>Who this node is to its peers. A validator's node key is its council key.</summary>
public sealed record PeerIdentity(SigningKey Key, PeerRole Role)
{
    public PeerId Id { get; } = new(Key.PublicKey);
}
