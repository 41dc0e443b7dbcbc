using System.Numerics;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>
/// A site's slot. The metered fields are of the record that went into a block and null where there is none: a missing
/// slot is missing, not zero.
/// </summary>
public sealed record SiteSlotRow
{
    public required long Slot { get; init; }

    public required string Home { get; init; }

    /// <summary>"ok", "late" (after the report window: counts in no settlement) or "missing".</summary>
    public required string Record { get; init; }

    public required long? LoadWh { get; init; }

    public required long? PvWh { get; init; }

    public required long? ChargeWh { get; init; }

    public required long? DischargeWh { get; init; }

    /// <summary>In the battery at the end of the slot.</summary>
    public required long? SocWh { get; init; }

    public required long? ImportWh { get; init; }

    public required long? ExportWh { get; init; }

    public required long SoldWh { get; init; }

    public required long BoughtWh { get; init; }

    public required long DeliveredWh { get; init; }

    public required long ReceivedWh { get; init; }

    public required BigInteger Paid { get; init; }

    public required BigInteger Earned { get; init; }

    public required BigInteger CompensationPaid { get; init; }

    public required BigInteger CompensationReceived { get; init; }

    public required BigInteger Fees { get; init; }

    public required BigInteger Rewards { get; init; }
}
