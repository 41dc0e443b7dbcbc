namespace EnergyChain.Benchmarks.Load;

/// <summary>What became of a network that was offered more than it can take.</summary>
internal sealed record OverloadReport
{
    /// <summary>How many times the committed TPS was to be offered.</summary>
    public required double Factor { get; init; }

    /// <summary>What really was, repeated offers included.</summary>
    public required double OfferedPerSecond { get; init; }

    public required double Tps { get; init; }

    /// <summary>To the TPS before.</summary>
    public required double TpsOverPeak { get; init; }

    public required Distribution? IntervalMs { get; init; }

    /// <summary>Of what was accepted, from the call that was.</summary>
    public required Distribution? FinalityMs { get; init; }

    /// <summary>Processors that the nodes used together.</summary>
    public required double NodeCores { get; init; }

    /// <summary>Processors that offering used, which the nodes did not have.</summary>
    public required double GeneratorCores { get; init; }

    /// <summary>Summed over the nodes, for each transaction in a block.</summary>
    public required CpuCost CpuUsPerTransaction { get; init; }

    public required IReadOnlyDictionary<string, long> Refused { get; init; }
}
