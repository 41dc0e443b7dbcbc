namespace EnergyChain.Market.Auction;

/// <summary>What an auction gives: one price for all, and who trades with whom, best orders first.</summary>
public sealed record AuctionResult(PricePerKwh Price, WattHours Volume, IReadOnlyList<AuctionMatch> Matches)
{
    public static AuctionResult Nothing { get; } = new(PricePerKwh.Zero, WattHours.Zero, []);

    /// <summary>Energy by order, of bids and asks alike.</summary>
    public WattHours FilledOf(ulong id) => Matches
        .Where(match => match.BidId == id || match.AskId == id)
        .Aggregate(WattHours.Zero, (sum, match) => sum + match.Energy);
}
