namespace EnergyChain.Node.Network;

/// <summary>Why a node refuses a handshake or ends a link. The numbers are part of the protocol.</summary>
public enum DisconnectReason
{
    None = 0,

    /// <summary>The node is stopping.</summary>
    ShuttingDown = 1,

    /// <summary>The connection ended without a word.</summary>
    ConnectionLost = 2,

    /// <summary>No connection could be made.</summary>
    Unreachable = 3,

    /// <summary>A frame, or canonical bytes in it, cannot be decoded.</summary>
    BadFrame = 4,

    /// <summary>A frame is over the limit of its connection.</summary>
    FrameTooLarge = 5,

    /// <summary>A frame that has no place where it came.</summary>
    UnexpectedFrame = 6,

    /// <summary>A block that does not verify, or an answer that was not asked for in this form.</summary>
    BadBlock = 7,

    /// <summary>Too many transactions whose signatures do not hold.</summary>
    BadTransactions = 8,

    /// <summary>A frame could not be sent for too long.</summary>
    SlowReader = 9,

    /// <summary>Nothing was received for too long.</summary>
    Silent = 10,

    /// <summary>Another connection of the same two nodes takes the place of this one.</summary>
    Superseded = 11,

    /// <summary>A consensus message from a node that is not of the council.</summary>
    NotAllowed = 12,

    /// <summary>The handshake took too long.</summary>
    HandshakeTimeout = 20,

    /// <summary>Another version of the peer protocol.</summary>
    WrongVersion = 21,

    /// <summary>Another chain id.</summary>
    WrongChainId = 22,

    /// <summary>Another genesis.</summary>
    WrongGenesis = 23,

    /// <summary>The node has reached itself.</summary>
    SelfConnect = 24,

    /// <summary>A nonce that was used in an earlier handshake.</summary>
    ReplayedNonce = 25,

    /// <summary>The handshake's signature does not hold.</summary>
    BadSignature = 26,

    /// <summary>The handshake is bound to another channel than the one it came over.</summary>
    WrongChannel = 27,

    /// <summary>The peer calls itself a validator and is not of the council.</summary>
    NotCouncilMember = 28,

    /// <summary>The two nodes are linked already.</summary>
    DuplicateLink = 29,

    /// <summary>A transaction connection without its main connection.</summary>
    NoSuchLink = 30,

    /// <summary>The node has as many links, or open handshakes, as it takes.</summary>
    TooManyPeers = 31,

    /// <summary>The address answers with another node key than the configuration names.</summary>
    WrongPeer = 32,

    /// <summary>No TLS channel could be made: the other side is no node, or one of an older version.</summary>
    TlsFailed = 33,

    /// <summary>The peer is banned for what it did.</summary>
    Banned = 34,

    /// <summary>The node takes links from council members and named peers only.</summary>
    NotNamed = 35,

    /// <summary>The node is full and has let the peer go for a better one.</summary>
    Evicted = 36,
}
