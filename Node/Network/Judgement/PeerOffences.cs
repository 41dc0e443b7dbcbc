namespace EnergyChain.Node.Network.Judgement;

/// <summary>How heavily offences weigh: at <see cref="BanPoints"/> a peer is banned.</summary>
internal static class PeerOffences
{
    /// <summary>The score at which a peer is let go.</summary>
    public const int BanPoints = 100;

    /// <summary>Points that are forgiven in a minute.</summary>
    public const int DecayPerMinute = 20;

    public static int Points(this PeerOffence offence) => offence switch
    {
        PeerOffence.BadBlock => 100,
        PeerOffence.BadTransactions => 50,
        PeerOffence.BadEvidence => 50,
        PeerOffence.BadSignature => 20,
        PeerOffence.BadFrame => 34,
        PeerOffence.NotAllowed => 25,
        PeerOffence.TransportFlood => 25,
        PeerOffence.BadHandshake => 20,
        PeerOffence.SlowReader => 10,
        PeerOffence.WithheldBodies => 10,
        PeerOffence.NoAnswer => 5,
        PeerOffence.UnfinishedHandshake => 5,
        PeerOffence.Cleartext => 5,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What the end of a link says of the peer; null for nothing.</summary>
    public static PeerOffence? OfLinkEnd(DisconnectReason reason) => reason switch
    {
        DisconnectReason.BadFrame or DisconnectReason.FrameTooLarge or DisconnectReason.UnexpectedFrame =>
            PeerOffence.BadFrame,
        DisconnectReason.BadBlock => PeerOffence.BadBlock,
        DisconnectReason.BadTransactions => PeerOffence.BadTransactions,
        DisconnectReason.NotAllowed => PeerOffence.NotAllowed,
        DisconnectReason.SlowReader => PeerOffence.SlowReader,
        _ => null,
    };

    /// <summary>What a refused handshake says of the host that it came from; null for nothing.</summary>
    public static PeerOffence? OfHandshake(DisconnectReason reason) => reason switch
    {
        DisconnectReason.BadFrame or DisconnectReason.FrameTooLarge or DisconnectReason.UnexpectedFrame
            or DisconnectReason.BadSignature or DisconnectReason.WrongChannel or DisconnectReason.ReplayedNonce =>
            PeerOffence.BadHandshake,
        DisconnectReason.HandshakeTimeout => PeerOffence.UnfinishedHandshake,
        _ => null,
    };
}
