namespace EnergyChain.Market.Settlement;

/// <summary>A trade at settlement, line by line.</summary>
/// <param name="Sold">Energy of the trade.</param>
/// <param name="Delivered">What the seller's meter proves of it.</param>
/// <param name="Paid">Buyer to seller.</param>
/// <param name="Fee">Buyer to grid account.</param>
/// <param name="Compensation">Seller's collateral to buyer, for what is short.</param>
/// <param name="EscrowReturned">Back to the buyer.</param>
/// <param name="CollateralReturned">Back to the seller.</param>
public sealed record SettledTrade(
    WattHours Sold,
    WattHours Delivered,
    Money Paid,
    Money Fee,
    Money Compensation,
    Money EscrowReturned,
    Money CollateralReturned)
{
    public WattHours Short => Sold - Delivered;

    /// <summary>
    /// The buyer pays for what was delivered and gets the rest back; the seller's collateral pays what the retailer
    /// charges the buyer above the price for the rest, at most all of it.
    /// </summary>
    public static SettledTrade Of(WattHours sold, WattHours delivered, PricePerKwh price, SettlementTerms terms)
    {
        WattHours missing = sold - delivered;
        Money collateral = terms.Collateral.Of(sold);
        Money loss = PricePerKwh.Excess(terms.Retail, price).Of(missing);
        Money compensation = Money.Min(loss, collateral);
        return new SettledTrade(
            sold,
            delivered,
            price.Of(delivered),
            terms.GridFee.Of(delivered),
            compensation,
            (price + terms.GridFee).Of(missing),
            collateral - compensation);
    }
}
