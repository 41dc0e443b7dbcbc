using System.Text;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Secure;

/// <summary>
/// What the handshake's signatures cover of the channel. Who stands between two nodes has to show each of them a
/// certificate of its own, so the two see different channels, and neither can sign for the other's.
/// </summary>
internal static class ChannelBinding
{
    private static readonly byte[] Domain = Encoding.ASCII.GetBytes("energychain/channel/1");

    /// <summary>The hash of both public keys, each as SubjectPublicKeyInfo, the dialer's first.</summary>
    public static Hash32 Of(ReadOnlySpan<byte> dialerKey, ReadOnlySpan<byte> listenerKey)
    {
        BcsWriter writer = new(dialerKey.Length + listenerKey.Length + Domain.Length + 8);
        writer.WriteBytes(Domain);
        writer.WriteBytes(dialerKey);
        writer.WriteBytes(listenerKey);
        return Blake2b.Hash(writer.ToArray());
    }
}
