namespace EnergyChain.Node.Network;

/// <summary>What a peer did that no honest one does.</summary>
public enum PeerOffence
{
    /// <summary>A vote or proposal whose signature is not that of the member that it names.</summary>
    BadSignature,

    /// <summary>Evidence that convicts nobody.</summary>
    BadEvidence,
}
