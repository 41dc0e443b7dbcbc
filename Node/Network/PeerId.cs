using EnergyChain.Core.Crypto;

namespace EnergyChain.Node.Network;

/// <summary>A peer by its node key, proven in the handshake.</summary>
public readonly record struct PeerId(PublicKey Key)
{
    public override string ToString() => Key.ToString()[..10];
}
