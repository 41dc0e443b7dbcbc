namespace EnergyChain.Node.Network;

/// <summary>What no honest peer does, or seldom. <see cref="Judgement.PeerOffences"/> weighs them.</summary>
public enum PeerOffence
{
    /// <summary>A vote or proposal whose signature is not that of the member that it names.</summary>
    BadSignature,

    /// <summary>Evidence that convicts nobody.</summary>
    BadEvidence,

    /// <summary>
    /// A proposer whose block's transactions nobody has, whom it was asked again and again. A cut link looks the same.
    /// </summary>
    WithheldBodies,

    /// <summary>A frame that cannot be decoded, is over its limit or has no place.</summary>
    BadFrame,

    /// <summary>A block, range or snapshot that does not verify.</summary>
    BadBlock,

    /// <summary>Many transactions whose signatures do not hold.</summary>
    BadTransactions,

    /// <summary>Consensus messages from a node that is not of the council.</summary>
    NotAllowed,

    /// <summary>A request that was not answered in time, or an answer that was of no use.</summary>
    NoAnswer,

    /// <summary>It asks, and does not read what it asked for.</summary>
    SlowReader,

    /// <summary>A handshake that was forged, relayed, replayed or malformed.</summary>
    BadHandshake,

    /// <summary>A handshake that was not gone on with, at any layer.</summary>
    UnfinishedHandshake,

    /// <summary>More streams, or more bytes before the handshake, than a peer has use for.</summary>
    TransportFlood,

    /// <summary>No TLS at the peer port.</summary>
    Cleartext,
}
