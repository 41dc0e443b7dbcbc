using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;

namespace EnergyChain.Node.Network.Handshaking;

/// <summary>The checks of a peer's hello against our own; everything but the signature.</summary>
internal static class HandshakeRules
{
    /// <summary>The first rule that the hello breaks.</summary>
    /// <param name="ours">Our hello of the same handshake.</param>
    /// <param name="theirBytes">The peer's hello as it came.</param>
    /// <param name="council">The council of the next height, as this node knows it.</param>
    /// <param name="theirs">The peer's hello, where it can be decoded.</param>
    public static DisconnectReason Check(
        HandshakeHello ours, ReadOnlySpan<byte> theirBytes, Council council, out HandshakeHello? theirs)
    {
        theirs = null;
        if (theirBytes.Length >= sizeof(uint)
            && HandshakeHello.VersionOf(theirBytes) != HandshakeHello.CurrentVersion)
        {
            return DisconnectReason.WrongVersion;
        }

        if (!Bcs.TryDecode(theirBytes, out theirs, out _))
        {
            return DisconnectReason.BadFrame;
        }

        if (theirs.ChainId != ours.ChainId)
        {
            return DisconnectReason.WrongChainId;
        }

        if (theirs.GenesisHash != ours.GenesisHash)
        {
            return DisconnectReason.WrongGenesis;
        }

        if (theirs.NodeKey == ours.NodeKey)
        {
            return DisconnectReason.SelfConnect;
        }

        if (theirs.Kind != ours.Kind)
        {
            return DisconnectReason.UnexpectedFrame;
        }

        if (theirs.ChannelBinding != ours.ChannelBinding)
        {
            return DisconnectReason.WrongChannel;
        }

        if (theirs.ListenAddress.Length > 0 && !PeerAddress.TryParse(theirs.ListenAddress, out _))
        {
            return DisconnectReason.BadFrame;
        }

        return MembershipHolds(ours, theirs, council) ? DisconnectReason.None : DisconnectReason.NotCouncilMember;
    }

    // Who is behind its peer knows an older council than the peer does: then it cannot judge and lets it in. Who lies
    // about its head gains a link and no more: places, votes and bans go by the council of the day, never by the role.
    private static bool MembershipHolds(HandshakeHello ours, HandshakeHello theirs, Council council) =>
        theirs.Role != PeerRole.Consensus
        || council.IndexOf(theirs.NodeKey) >= 0
        || theirs.Head > ours.Head;
}
