using EnergyChain.Market;
using EnergyChain.Market.Accounting;

namespace EnergyChain.Dashboard.Billing;

/// <summary>Sums over slots of a site; they add up exactly.</summary>
public sealed record BillSums
{
    public static BillSums Nothing { get; } = new();

    /// <summary>Over all slots, those that are in no bill as well.</summary>
    public SiteSlot Energy { get; init; } = new();

    /// <summary>Without the market, of counted slots.</summary>
    public Bill Without { get; init; } = Bill.Empty;

    /// <summary>With the market, of counted slots.</summary>
    public Bill With { get; init; } = Bill.Empty;

    /// <summary>What the market moved in slots without a record: cost less revenue, in neither bill.</summary>
    public Money Unbilled { get; init; }

    public int Counted { get; init; }

    public int Open { get; init; }

    public int NoRecord { get; init; }

    public int WithoutTariff { get; init; }

    /// <summary>Positive where the market saved money.</summary>
    public Money Saving => Without.Total - With.Total;

    public static BillSums Of(IEnumerable<BillLine> lines) =>
        lines.Aggregate(Nothing, static (sums, line) => sums + line);

    public static BillSums operator +(BillSums sums, BillLine line) => new()
    {
        Energy = sums.Energy + line.Energy,
        Without = sums.Without + line.Without,
        With = sums.With + line.With,
        Unbilled = line.State == BillLineState.NoRecord ? sums.Unbilled + NetCost(line.Energy) : sums.Unbilled,
        Counted = sums.Counted + (line.State == BillLineState.Counted ? 1 : 0),
        Open = sums.Open + (line.State == BillLineState.Open ? 1 : 0),
        NoRecord = sums.NoRecord + (line.State == BillLineState.NoRecord ? 1 : 0),
        WithoutTariff = sums.WithoutTariff + (line.State == BillLineState.Counted && line.Tariff is null ? 1 : 0),
    };

    public static BillSums operator +(BillSums left, BillSums right) => new()
    {
        Energy = left.Energy + right.Energy,
        Without = left.Without + right.Without,
        With = left.With + right.With,
        Unbilled = left.Unbilled + right.Unbilled,
        Counted = left.Counted + right.Counted,
        Open = left.Open + right.Open,
        NoRecord = left.NoRecord + right.NoRecord,
        WithoutTariff = left.WithoutTariff + right.WithoutTariff,
    };

    private static Money NetCost(SiteSlot energy) =>
        energy.Paid + energy.Fees + energy.CompensationPaid - energy.Earned - energy.CompensationReceived;
}
