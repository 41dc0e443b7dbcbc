namespace EnergyChain.Market.Auction;

/// <summary>
/// The sealed-bid double auction with one price. Bids by falling and asks by rising limit are matched while they
/// cross, which maximises welfare; the marginal order is filled in part. Every price in [low, high] suits all orders:
/// low = max(marginal accepted ask, best unfilled bid), high = min(marginal accepted bid, best unfilled ask), an order
/// filled in part counting as unfilled. The price is the midpoint, rounded down to the price step.
/// </summary>
public static class UniformPriceAuction
{
    public static AuctionResult Clear(IEnumerable<AuctionOrder> bids, IEnumerable<AuctionOrder> asks)
    {
        Queue<Open> buying = new(bids.OrderByDescending(bid => bid.Limit).ThenBy(bid => bid.Id).Select(Open.Of));
        Queue<Open> selling = new(asks.OrderBy(ask => ask.Limit).ThenBy(ask => ask.Id).Select(Open.Of));
        List<AuctionMatch> matches = [];
        PricePerKwh low = PricePerKwh.Zero;
        PricePerKwh high = PricePerKwh.Zero;
        while (buying.TryPeek(out Open? bid) && selling.TryPeek(out Open? ask) && bid.Order.Limit >= ask.Order.Limit)
        {
            WattHours energy = WattHours.Min(bid.Left, ask.Left);
            matches.Add(new AuctionMatch(bid.Order.Id, ask.Order.Id, energy));
            (low, high) = (ask.Order.Limit, bid.Order.Limit);
            Take(buying, energy);
            Take(selling, energy);
        }

        if (matches.Count == 0)
        {
            return AuctionResult.Nothing;
        }

        if (buying.TryPeek(out Open? unfilledBid) && unfilledBid.Order.Limit > low)
        {
            low = unfilledBid.Order.Limit;
        }

        if (selling.TryPeek(out Open? unfilledAsk) && unfilledAsk.Order.Limit < high)
        {
            high = unfilledAsk.Order.Limit;
        }

        WattHours volume = matches.Aggregate(WattHours.Zero, (sum, match) => sum + match.Energy);
        return new AuctionResult(PricePerKwh.Midpoint(low, high), volume, matches);
    }

    private static void Take(Queue<Open> side, WattHours energy)
    {
        Open first = side.Peek();
        first.Left -= energy;
        if (first.Left.IsZero)
        {
            side.Dequeue();
        }
    }

    private sealed class Open
    {
        public required AuctionOrder Order { get; init; }

        public WattHours Left { get; set; }

        public static Open Of(AuctionOrder order) => new() { Order = order, Left = order.Energy };
    }
}
