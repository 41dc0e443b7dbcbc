namespace EnergyChain.Client.Light;

/// <summary>What is wrong with what a node proved.</summary>
public enum ProofFailure
{
    /// <summary>The bytes are no proof at all.</summary>
    Malformed,

    /// <summary>The genesis that the node sent is not the one that is trusted.</summary>
    Genesis,

    /// <summary>A header of another chain.</summary>
    OtherChain,

    /// <summary>A change of the council that the council before it did not sign.</summary>
    TermLink,

    /// <summary>
    /// A header whose council cannot be proven: it is made up, or a change of the council was kept back.
    /// </summary>
    UnknownTerm,

    /// <summary>Not signed by more than two thirds of the council.</summary>
    Certificate,

    /// <summary>The head lies before one that was proven already.</summary>
    OldHead,

    /// <summary>Another final block stands at a height that was proven already.</summary>
    Conflict,

    /// <summary>The head is older than is accepted, or from the future.</summary>
    Stale,

    /// <summary>A value does not stand under the root in the header.</summary>
    Path,

    /// <summary>Something that was asked for, or that a call reads, is not in the proof.</summary>
    Omitted,

    /// <summary>The proof is of something else than what was asked for.</summary>
    OtherSubject,
}
