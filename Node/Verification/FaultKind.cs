namespace EnergyChain.Node.Verification;

/// <summary>What is wrong with a block; the names are those of the JSON output.</summary>
public enum FaultKind
{
    /// <summary>The record cannot be read: length or checksum.</summary>
    Record,

    /// <summary>The bytes are no block.</summary>
    Encoding,

    Height,
    ChainId,
    Parent,
    Time,

    /// <summary>The header names another term than the one in force.</summary>
    Term,

    /// <summary>The header names another next term than executing gives, or the block carries another one.</summary>
    NextTerm,

    /// <summary>The certificate is of another block, or its signatures do not hold or are too few.</summary>
    Certificate,

    /// <summary>The certificate of the parent that the block carries.</summary>
    LastCertificate,

    TransactionsRoot,
    EvidenceRoot,
    Evidence,

    /// <summary>A transaction's signature does not hold.</summary>
    Signature,

    /// <summary>A memo is not the one whose hash was signed.</summary>
    Memo,

    StateRoot,
    ReceiptsRoot,
    GasUsed,

    /// <summary>The receipts that the node has stored are not those of executing the block.</summary>
    StoredReceipts,

    /// <summary>A checkpoint is not the state that the chain proves.</summary>
    Checkpoint,
}
