namespace EnergyChain.Node.Network;

/// <summary>What a peer did that no honest one does.</summary>
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
}
