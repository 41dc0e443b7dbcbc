using System.Numerics;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>What a report is built from.</summary>
public sealed record ReportInputs
{
    public required ChainSection Chain { get; init; }

    public required ParametersSection Parameters { get; init; }

    public required RunHistory History { get; init; }

    /// <summary>Maps slots to the data's intervals.</summary>
    public required SlotCalendar Calendar { get; init; }

    public required long FirstSlot { get; init; }

    public required int SlotCount { get; init; }

    /// <summary>Whether the run came to its end; one that was stopped has open slots that are not reported.</summary>
    public required bool IsComplete { get; init; }

    public required IReadOnlyList<ReportSite> Sites { get; init; }

    public required SupplySnapshot Before { get; init; }

    public required SupplySnapshot After { get; init; }

    /// <summary>Rewards paid before the first snapshot.</summary>
    public required BigInteger RewardsBefore { get; init; }

    public required IReadOnlyList<FaultRow> Faults { get; init; }
}
