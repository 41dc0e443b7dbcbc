namespace EnergyChain.Dashboard.Network;

/// <summary>What a member did about a block, as far as the certificate tells.</summary>
public enum VoteMark
{
    /// <summary>It signed.</summary>
    Signed,

    /// <summary>It proposed the block and signed.</summary>
    Proposed,

    /// <summary>Its signature is not in the certificate: its vote came late or not at all.</summary>
    Missed,

    /// <summary>Not known: the block is of another council, or its signers were not told.</summary>
    Unknown,
}
