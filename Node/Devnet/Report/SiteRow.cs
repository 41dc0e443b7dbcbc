using System.Numerics;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>A site over the run: sums of its slots, and its bills in base units.</summary>
public sealed record SiteRow
{
    public required string Home { get; init; }

    public required string Address { get; init; }

    public required uint Site { get; init; }

    /// <summary>Slots without a record; they are in no metered sum and in neither bill.</summary>
    public required int MissingSlots { get; init; }

    public required long LoadWh { get; init; }

    public required long PvWh { get; init; }

    public required long ChargeWh { get; init; }

    public required long DischargeWh { get; init; }

    public required long ImportWh { get; init; }

    public required long ExportWh { get; init; }

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

    /// <summary>Gas that the site's account paid, for its device too; not part of the bill.</summary>
    public required BigInteger GasPaid { get; init; }

    /// <summary>Stored before the first slot, 0 without a battery; null for a site without meters.</summary>
    public required long? SocWhStart { get; init; }

    public required long? SocWhEnd { get; init; }

    public required BigInteger BillWithoutMarket { get; init; }

    public required BigInteger BillWithMarket { get; init; }

    /// <summary>Part of the load that no import served; null without load.</summary>
    public required double? SelfSufficiency { get; init; }

    /// <summary>Part of the production that was not exported; null without production.</summary>
    public required double? SelfConsumption { get; init; }
}
