namespace EnergyChain.Simulation.Faults;

/// <summary>How a member breaks the rules.</summary>
public enum ByzantineKind
{
    /// <summary>Signs two votes for one step and two proposals for one round, and tells each to some.</summary>
    Equivocates,

    /// <summary>Says what it says to some members only, and proposals without their transactions.</summary>
    Withholds,

    /// <summary>Proposes blocks with roots that no execution gives.</summary>
    LiesAboutRoots,

    /// <summary>Sends old messages again, and votes of rounds and heights far ahead.</summary>
    SendsStaleAndFuture,

    /// <summary>Two nodes with one key, each of which keeps to the rules.</summary>
    Twins,
}
