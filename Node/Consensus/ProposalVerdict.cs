namespace EnergyChain.Node.Consensus;

/// <summary>Why a proposed block is not valid.</summary>
internal enum ProposalVerdict
{
    Valid,

    /// <summary>Another chain id, height, parent, term or an unknown proposer.</summary>
    NotNext,

    /// <summary>Less than one block interval after the parent.</summary>
    TooEarly,

    /// <summary>Parent state root, receipts root or gas used are not our own execution's.</summary>
    RootsDiverge,

    /// <summary>The term named for the next height is not what our own execution decided.</summary>
    WrongNextTerm,

    /// <summary>The parent's certificate is missing, of another block or not signed by a quorum.</summary>
    BadCertificate,

    /// <summary>Evidence that does not hold, is too old, or was included before.</summary>
    BadEvidence,

    /// <summary>Transactions of more bytes than a block holds.</summary>
    TooLarge,

    /// <summary>A transaction that the chain does not admit now, or that does not fit after those before it.</summary>
    BadTransaction,
}
