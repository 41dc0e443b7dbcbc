using EnergyChain.Market;
using EnergyChain.Market.Accounting;

namespace EnergyChain.Dashboard.Billing;

/// <summary>A slot of a site's bill. Exact: energy in Wh, money in base units.</summary>
public sealed record BillLine
{
    public required ulong Slot { get; init; }

    public required BillLineState State { get; init; }

    /// <summary>Whether a record came after the report window: it is in the bill and changed no payment.</summary>
    public required bool IsLate { get; init; }

    /// <summary>Metered energy, zero without a record, and what settled trades moved.</summary>
    public required SiteSlot Energy { get; init; }

    /// <summary>Null where none was published; the bill then counts nothing for the retailer.</summary>
    public required Tariff? Tariff { get; init; }

    /// <summary>Empty unless the slot is counted.</summary>
    public required Bill Without { get; init; }

    /// <inheritdoc cref="Without"/>
    public required Bill With { get; init; }
}
