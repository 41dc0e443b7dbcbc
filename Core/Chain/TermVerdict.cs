namespace EnergyChain.Core.Chain;

/// <summary>What became of a header handed to a <see cref="TermChain"/>.</summary>
public enum TermVerdict
{
    Holds,

    /// <summary>Another chain id.</summary>
    WrongChain,

    /// <summary>Below the first height of the term reached, or its term hash is another one.</summary>
    NotInTerm,

    /// <summary>The next term is not the one that the header names, or the header names no other.</summary>
    WrongNextTerm,

    /// <summary>The certificate is of another block, or not signed by a quorum of the term's council.</summary>
    BadCertificate,
}
