namespace EnergyChain.Node.Api;

/// <summary>Where the record of a slot stands.</summary>
public enum SlotRecordState
{
    /// <summary>The slot has no complete reading so far.</summary>
    Missing,

    /// <summary>Signed and not in a block yet.</summary>
    Waiting,

    /// <summary>The node does not take it for now; it goes again.</summary>
    Refused,

    /// <summary>The chain took it. Final.</summary>
    Accepted,

    /// <summary>It is in a block, and the registry refused it. Final.</summary>
    Failed,

    /// <summary>It will not come any more. Final.</summary>
    GivenUp,
}
