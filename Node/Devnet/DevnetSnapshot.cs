using EnergyChain.Node.Api;
using EnergyChain.Node.Devnet.Report;

namespace EnergyChain.Node.Devnet;

/// <summary>A devnet at one moment, for display.</summary>
public sealed record DevnetSnapshot
{
    public required ulong Height { get; init; }

    /// <summary>Mean time between the last headers, ms.</summary>
    public required double IntervalMs { get; init; }

    public required double TransactionsPerSecond { get; init; }

    public required int PoolTransactions { get; init; }

    public required int SettledSlots { get; init; }

    /// <summary>Slots of the run; null for no end.</summary>
    public required int? SlotCount { get; init; }

    /// <summary>The slot under way, counted from 0; negative before the first.</summary>
    public required long CurrentIndex { get; init; }

    /// <summary>The latest slots with their place in the run, newest first.</summary>
    public required IReadOnlyList<(long Index, string Start, SlotFacts Facts)> Slots { get; init; }

    public required IReadOnlyList<SiteSnapshot> Sites { get; init; }

    public required IReadOnlyList<ValidatorStatus> Validators { get; init; }

    public required IReadOnlyList<FaultRow> Faults { get; init; }
}
