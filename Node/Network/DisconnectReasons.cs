namespace EnergyChain.Node.Network;

/// <summary>What the reasons mean to an operator and to the dialer.</summary>
public static class DisconnectReasons
{
    /// <summary>A sentence for the other operator's log.</summary>
    public static string Sentence(this DisconnectReason reason) => reason switch
    {
        DisconnectReason.ShuttingDown => "The node is stopping.",
        DisconnectReason.ConnectionLost => "The connection was lost.",
        DisconnectReason.Unreachable => "The address cannot be reached.",
        DisconnectReason.BadFrame => "A frame could not be decoded.",
        DisconnectReason.FrameTooLarge => "A frame is over the size limit.",
        DisconnectReason.UnexpectedFrame => "A frame has no place on this connection.",
        DisconnectReason.BadBlock => "A block does not verify.",
        DisconnectReason.BadTransactions => "Too many transactions have bad signatures.",
        DisconnectReason.SlowReader => "The peer reads too slowly.",
        DisconnectReason.Silent => "The peer has been silent for too long.",
        DisconnectReason.Superseded => "A newer connection of the same nodes takes over.",
        DisconnectReason.NotAllowed => "Consensus messages are taken from council members only.",
        DisconnectReason.HandshakeTimeout => "The handshake took too long.",
        DisconnectReason.WrongVersion => "The nodes speak different protocol versions.",
        DisconnectReason.WrongChainId => "The nodes are on chains with different ids.",
        DisconnectReason.WrongGenesis => "The nodes started from different genesis files.",
        DisconnectReason.SelfConnect => "The node has reached itself.",
        DisconnectReason.ReplayedNonce => "The handshake's nonce was used before.",
        DisconnectReason.BadSignature => "The handshake's signature does not hold.",
        DisconnectReason.WrongChannel => "The handshake belongs to another channel.",
        DisconnectReason.NotCouncilMember => "The node key is not of the council, so it cannot link as a validator.",
        DisconnectReason.DuplicateLink => "The nodes are linked already.",
        DisconnectReason.NoSuchLink => "The transaction connection has no main connection.",
        DisconnectReason.TooManyPeers => "The node takes no more peers.",
        DisconnectReason.WrongPeer => "The address belongs to another node key than configured.",
        DisconnectReason.TlsFailed => "No TLS channel could be made: it is no node, or one of an older version.",
        DisconnectReason.Banned => "The peer is banned for what it did.",
        DisconnectReason.NotNamed => "The node takes links from council members and the peers it names only.",
        DisconnectReason.Evicted => "The node is full and has let the peer go for another.",
        _ => "No reason was given.",
    };

    /// <summary>Whether only an operator can mend it, so that trying again soon is of no use.</summary>
    public static bool NeedsOperator(this DisconnectReason reason) => reason is
        DisconnectReason.WrongVersion or DisconnectReason.WrongChainId or DisconnectReason.WrongGenesis
        or DisconnectReason.SelfConnect or DisconnectReason.NotCouncilMember or DisconnectReason.WrongPeer
        or DisconnectReason.TlsFailed or DisconnectReason.Banned or DisconnectReason.NotNamed;
}
