namespace EnergyChain.Node.Execution;

/// <summary>What became of a block handed to <see cref="IChain.Commit"/>.</summary>
public enum CommitOutcome
{
    Committed,

    /// <summary>The height is final already.</summary>
    AlreadyKnown,

    /// <summary>The block's parent is not the head.</summary>
    NotNext,

    /// <summary>The header's roots are not our own execution result: a peer's block is refused.</summary>
    Diverges,

    /// <summary>The disk did not take it; the node stops.</summary>
    StorageFailed,
}
