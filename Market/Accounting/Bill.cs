namespace EnergyChain.Market.Accounting;

/// <summary>
/// What a site pays and gets, costs apart from revenue. Bills of slots add up. A total below zero is money for the
/// site. Rewards are no part of it.
/// </summary>
public sealed record Bill
{
    public static Bill Empty { get; } = new();

    /// <summary>To the retailer, for energy that no neighbour delivered.</summary>
    public Money RetailCost { get; init; }

    /// <summary>To sellers.</summary>
    public Money Paid { get; init; }

    public Money Fees { get; init; }

    public Money CompensationPaid { get; init; }

    /// <summary>From the feed-in tariff.</summary>
    public Money FeedInRevenue { get; init; }

    /// <summary>From buyers.</summary>
    public Money Earned { get; init; }

    public Money CompensationReceived { get; init; }

    public Money Costs => RetailCost + Paid + Fees + CompensationPaid;

    public Money Revenue => FeedInRevenue + Earned + CompensationReceived;

    public Money Total => Costs - Revenue;

    public static Bill operator +(Bill left, Bill right) => new()
    {
        RetailCost = left.RetailCost + right.RetailCost,
        Paid = left.Paid + right.Paid,
        Fees = left.Fees + right.Fees,
        CompensationPaid = left.CompensationPaid + right.CompensationPaid,
        FeedInRevenue = left.FeedInRevenue + right.FeedInRevenue,
        Earned = left.Earned + right.Earned,
        CompensationReceived = left.CompensationReceived + right.CompensationReceived,
    };

    /// <summary>retail x import - feed-in x export.</summary>
    public static Bill WithoutMarket(SiteSlot slot, Tariff tariff) => new()
    {
        RetailCost = tariff.Retail.Of(slot.Import),
        FeedInRevenue = tariff.FeedIn.Of(slot.Export),
    };

    /// <summary>
    /// retail x max(0, import - received) - feed-in x max(0, received - import) - feed-in x (export - delivered)
    /// + paid + fees + compensation paid - earned - compensation received. What a buyer received and did not use is
    /// its own export: take or pay.
    /// </summary>
    public static Bill WithMarket(SiteSlot slot, Tariff tariff)
    {
        WattHours fedIn = WattHours.Excess(slot.Received, slot.Import) + (slot.Export - slot.Delivered);
        return new Bill
        {
            RetailCost = tariff.Retail.Of(WattHours.Excess(slot.Import, slot.Received)),
            Paid = slot.Paid,
            Fees = slot.Fees,
            CompensationPaid = slot.CompensationPaid,
            FeedInRevenue = tariff.FeedIn.Of(fedIn),
            Earned = slot.Earned,
            CompensationReceived = slot.CompensationReceived,
        };
    }
}
