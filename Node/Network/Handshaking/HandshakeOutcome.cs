using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Handshaking;

/// <summary>How a handshake ended.</summary>
/// <param name="Reason">None where it succeeded.</param>
/// <param name="Sentence">The reason in words: the peer's where it was the peer that refused.</param>
/// <param name="RefusedByPeer">Whether the peer refused, not this node.</param>
/// <param name="Peer">The peer's hello; not to be believed unless the handshake succeeded.</param>
/// <param name="LinkId">Hash of both hellos.</param>
internal sealed record HandshakeOutcome(
    DisconnectReason Reason, string Sentence, bool RefusedByPeer, HandshakeHello? Peer, Hash32 LinkId)
{
    public static HandshakeOutcome Refused(DisconnectReason reason, HandshakeHello? peer = null) =>
        new(reason, reason.Sentence(), false, peer, default);
}
