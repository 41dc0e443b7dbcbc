namespace EnergyChain.Market.Accounting;

/// <summary>
/// What a site did in a slot: its meters' energy and its trades. Production + import + discharge =
/// load + export + charge; delivered is at most export.
/// </summary>
public sealed record SiteSlot
{
    public WattHours Load { get; init; }

    public WattHours Production { get; init; }

    public WattHours Charge { get; init; }

    public WattHours Discharge { get; init; }

    /// <summary>Energy in the battery at slot end.</summary>
    public WattHours StateOfCharge { get; init; }

    public WattHours Import { get; init; }

    public WattHours Export { get; init; }

    public WattHours Sold { get; init; }

    public WattHours Bought { get; init; }

    /// <summary>Of what it sold.</summary>
    public WattHours Delivered { get; init; }

    /// <summary>Of what it bought.</summary>
    public WattHours Received { get; init; }

    /// <summary>To sellers, for what it received.</summary>
    public Money Paid { get; init; }

    /// <summary>From buyers, for what it delivered.</summary>
    public Money Earned { get; init; }

    public Money CompensationPaid { get; init; }

    public Money CompensationReceived { get; init; }

    /// <summary>Grid fees on what it received.</summary>
    public Money Fees { get; init; }

    /// <summary>Coin for verified production; no part of any bill.</summary>
    public Money Rewards { get; init; }

    public bool IsBalanced => Production + Import + Discharge == Load + Export + Charge;

    /// <summary>Sums of energy and money; the state of charge is the later one's.</summary>
    public static SiteSlot operator +(SiteSlot earlier, SiteSlot later) => new()
    {
        Load = earlier.Load + later.Load,
        Production = earlier.Production + later.Production,
        Charge = earlier.Charge + later.Charge,
        Discharge = earlier.Discharge + later.Discharge,
        StateOfCharge = later.StateOfCharge,
        Import = earlier.Import + later.Import,
        Export = earlier.Export + later.Export,
        Sold = earlier.Sold + later.Sold,
        Bought = earlier.Bought + later.Bought,
        Delivered = earlier.Delivered + later.Delivered,
        Received = earlier.Received + later.Received,
        Paid = earlier.Paid + later.Paid,
        Earned = earlier.Earned + later.Earned,
        CompensationPaid = earlier.CompensationPaid + later.CompensationPaid,
        CompensationReceived = earlier.CompensationReceived + later.CompensationReceived,
        Fees = earlier.Fees + later.Fees,
        Rewards = earlier.Rewards + later.Rewards,
    };
}
