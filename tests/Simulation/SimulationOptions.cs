using EnergyChain.Node.Consensus;
using EnergyChain.Simulation.Faults;

namespace EnergyChain.Simulation;

/// <summary>What is simulated. With the seed it determines everything that happens.</summary>
public sealed record SimulationOptions
{
    public const int MaxNodes = 100;

    public const int MaxHeights = 10_000;

    /// <summary>Members of the council, each one node; twins come on top.</summary>
    public int Nodes { get; init; } = 4;

    /// <summary>The height at which faults end.</summary>
    public int Heights { get; init; } = 30;

    /// <summary>The classes that a seed may draw.</summary>
    public FaultClass Faults { get; init; } = FaultClass.All;

    /// <summary>Members that break the rules. Over f a violation is to be expected.</summary>
    public int Byzantine { get; init; }

    /// <summary>Whether the liveness phase follows.</summary>
    public bool Liveness { get; init; }

    /// <summary>What byzantine members do; null draws it from the seed.</summary>
    public ByzantineKind? ByzantineKind { get; init; }

    /// <summary>One-way delay of every message, where it is not to be drawn.</summary>
    public int? FixedDelayMs { get; init; }

    /// <summary>The most that a council of this size bears: f of n >= 3f + 1.</summary>
    public int Tolerated => (Nodes - 1) / 3;

    /// <summary>Rules and bounds of consensus; the controls break them.</summary>
    internal ConsensusTuning Tuning { get; init; } = new() { CompactAfterBytes = SimulationBounds.JournalBytes };

    /// <summary>A positive control: a journal that is empty after every restart.</summary>
    internal bool ForgetsVotes { get; init; }
}
