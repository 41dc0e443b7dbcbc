namespace EnergyChain.Node.Execution;

/// <summary>What became of a block handed to <see cref="IChain.Commit"/>.</summary>
public enum CommitOutcome
{
    Committed,

    /// <summary>The height is final already.</summary>
    AlreadyKnown,

    /// <summary>The block's parent is not the head.</summary>
    NotNext,

    /// <summary>Block, certificate and contents do not belong together, or it is another chain's.</summary>
    Malformed,

    /// <summary>
    /// The header does not follow from our own execution, or another block of its height is final here: refused.
    /// </summary>
    Diverges,

    /// <summary>The disk did not take it, or an earlier one; the node stops.</summary>
    StorageFailed,
}
