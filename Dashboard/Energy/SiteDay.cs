using System.Numerics;

namespace EnergyChain.Dashboard.Energy;

/// <summary>
/// What a site did since its day began, from accepted records and trades. Energy in Wh, money in base units.
/// </summary>
public sealed record SiteDay
{
    /// <summary>Where the day counts from: midnight, or later where more records exist than are read.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>False where older records of the day were left out for being too many.</summary>
    public required bool IsWhole { get; init; }

    public required int Records { get; init; }

    public required BigInteger ProducedWh { get; init; }

    public required BigInteger ConsumedWh { get; init; }

    public required BigInteger ImportedWh { get; init; }

    public required BigInteger ExportedWh { get; init; }

    /// <summary>Delivered to neighbours.</summary>
    public required BigInteger SoldWh { get; init; }

    /// <summary>Delivered by neighbours.</summary>
    public required BigInteger BoughtWh { get; init; }

    /// <summary>From neighbours for energy, and what they lost for not delivering.</summary>
    public required BigInteger Earned { get; init; }

    /// <summary>To neighbours and the grid fee, and what was lost for not delivering.</summary>
    public required BigInteger Spent { get; init; }

    /// <summary>Coin that the registry paid for what was produced.</summary>
    public required BigInteger Rewards { get; init; }

    /// <summary>Records of the day that the council had erased; they are in no sum.</summary>
    public required int Erased { get; init; }

    /// <summary>By slot, oldest first, for the chart.</summary>
    public required IReadOnlyList<SlotEnergyRow> Slots { get; init; }

    /// <summary>Of what was consumed, the part that did not come from outside; Wh, never negative.</summary>
    public BigInteger OwnConsumptionWh => BigInteger.Max(BigInteger.Zero, ConsumedWh - ImportedWh);

    /// <summary>Of what was produced, the part that stayed; Wh, never negative.</summary>
    public BigInteger KeptProductionWh => BigInteger.Max(BigInteger.Zero, ProducedWh - ExportedWh);
}
