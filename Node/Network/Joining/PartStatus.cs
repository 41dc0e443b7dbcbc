namespace EnergyChain.Node.Network.Joining;

/// <summary>What a peer made of a question for a part of a snapshot. The numbers are part of the protocol.</summary>
internal enum PartStatus
{
    /// <summary>No answer came.</summary>
    None = 0,

    Given = 1,

    /// <summary>The peer has served as much as it wants to for now.</summary>
    Busy = 2,

    /// <summary>The peer does not hold it, or no longer.</summary>
    NotHeld = 3,
}
