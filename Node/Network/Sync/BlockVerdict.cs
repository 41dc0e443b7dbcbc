namespace EnergyChain.Node.Network.Sync;

/// <summary>What checking a block with its certificate showed.</summary>
public enum BlockVerdict
{
    Valid,

    /// <summary>The height is not the next one: no proof of a lie, our head may have moved.</summary>
    NotNext,

    /// <summary>Another term is named than the one it was checked by: right where the term has changed.</summary>
    OtherTerm,

    /// <summary>Chain id, parent or time do not follow from the block before.</summary>
    HeaderMismatch,

    /// <summary>The certificate is of another height or block.</summary>
    CertificateMismatch,

    /// <summary>Too few signers, or a signature that does not hold.</summary>
    BadCertificate,

    /// <summary>Transactions, evidence or last certificate are not those of the header.</summary>
    ContentsMismatch,

    /// <summary>A transaction's signature or memo is not the one that its id was made with.</summary>
    BadTransaction,

    /// <summary>The operator trusts another block of this height.</summary>
    NotTrusted,
}
