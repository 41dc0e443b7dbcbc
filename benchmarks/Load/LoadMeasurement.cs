using EnergyChain.Benchmarks.Load.Market;

namespace EnergyChain.Benchmarks.Load;

/// <summary>Everything that a run saw, before any figure is made of it.</summary>
internal sealed record LoadMeasurement
{
    public required LoadPhase Main { get; init; }

    /// <summary>Where more was offered than the network can take; null where that was not asked for.</summary>
    public required LoadPhase? Overload { get; init; }

    /// <summary>All blocks as each lane's node told of them.</summary>
    public required IReadOnlyList<IReadOnlyList<TrailBlock>> Seen { get; init; }

    /// <summary>Those of the nodes.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What was offered.</summary>
    public required IReadOnlyList<Lane> Lanes { get; init; }

    /// <summary>What the blocks hold, and what does not hold.</summary>
    public required ChainAudit Audit { get; init; }

    /// <summary>Null where the workload has no orders.</summary>
    public required MarketReport? Market { get; init; }

    /// <summary>The most memory of each node.</summary>
    public required IReadOnlyList<long> PeakRssBytes { get; init; }
}
