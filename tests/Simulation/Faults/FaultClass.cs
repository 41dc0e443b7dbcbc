namespace EnergyChain.Simulation.Faults;

/// <summary>The kinds of fault that a seed may draw.</summary>
[Flags]
public enum FaultClass
{
    None = 0,

    /// <summary>Messages that never arrive, 0 to 30 %.</summary>
    Loss = 1 << 0,

    /// <summary>Messages that arrive twice, 0 to 50 %.</summary>
    Duplication = 1 << 1,

    /// <summary>Long and uneven delays, and so another order.</summary>
    Delay = 1 << 2,

    /// <summary>Groups that do not hear each other, both ways or one way.</summary>
    Partition = 1 << 3,

    /// <summary>Links that hold everything back for a while.</summary>
    Clog = 1 << 4,

    /// <summary>Wall clocks that are off and that jump, by 1, 5 and 60 s.</summary>
    Clock = 1 << 5,

    /// <summary>Processes that die between any two of their effects, and come back.</summary>
    Crash = 1 << 6,

    /// <summary>Processes that stand still for a while, as after SIGSTOP.</summary>
    Pause = 1 << 7,

    /// <summary>Power cuts, which lose and tear what was not synced.</summary>
    Torn = 1 << 8,

    /// <summary>A sync that fails, and loses what it should have written.</summary>
    Fsync = 1 << 9,

    /// <summary>Bits that turn over on the disk or on their way from it.</summary>
    BitFlip = 1 << 10,

    /// <summary>A disk that is full for a while.</summary>
    DiskFull = 1 << 11,

    /// <summary>
    /// Proposals and votes of a step that reach some and not others, while nobody hears what was decided.
    /// </summary>
    Votes = 1 << 12,

    All = (1 << 13) - 1,
}
