namespace EnergyChain.Simulation;

/// <summary>What one seed gave.</summary>
public sealed record SimulationResult
{
    public required ulong Seed { get; init; }

    /// <summary>Null where nothing went wrong.</summary>
    public required Violation? Violation { get; init; }

    /// <summary>The faults that the seed drew, in words.</summary>
    public required string Faults { get; init; }

    /// <summary>The highest height that an honest node has.</summary>
    public required ulong Height { get; init; }

    /// <summary>The highest round that decided a block.</summary>
    public required uint HighestRound { get; init; }

    /// <summary>Transfers that clients made, and how many of them are final.</summary>
    public required int TransactionsSent { get; init; }

    public required int TransactionsFinal { get; init; }

    /// <summary>
    /// Virtual time from the healing of the core to its next block; null where there was no such phase.
    /// </summary>
    public required double? RecoveredInMs { get; init; }

    /// <summary>Between the headers of two heights, from height 2 on.</summary>
    public required IReadOnlyList<ulong> IntervalsMs { get; init; }

    /// <summary>
    /// The longest from a header's time, which is when it was proposed, to its commit on any honest node.
    /// </summary>
    public required double SlowestFinalityMs { get; init; }

    public required double VirtualMs { get; init; }

    public required long Events { get; init; }

    /// <summary>Over everything that happened: equal for equal runs.</summary>
    public required ulong TraceHash { get; init; }

    /// <summary>The last events, oldest first, where something went wrong.</summary>
    public required IReadOnlyList<string> LastEvents { get; init; }
}
