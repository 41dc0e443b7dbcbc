using System.Numerics;
using CsCheck;
using EnergyChain.Market.Auction;

namespace EnergyChain.Market.Tests;

public sealed class UniformPriceAuctionTests
{
    private static Gen<AuctionOrder[]> Side(ulong firstId) =>
        Gen.Select(Gen.ULong[1, 4], Gen.UInt[0, 6]).Array[0, 4].Select(orders => orders
            .Select((order, k) =>
                new AuctionOrder(firstId + (ulong)k, new WattHours(order.Item1), new PricePerKwh(order.Item2 * 1000)))
            .ToArray());

    private static Gen<(AuctionOrder[] Bids, AuctionOrder[] Asks)> Books => Gen.Select(Side(1), Side(101));

    [Test]
    public void Welfare_is_the_largest_that_any_matching_reaches() => Books.Sample((bids, asks) =>
    {
        BigInteger welfare = BigInteger.Zero;
        foreach (AuctionMatch match in UniformPriceAuction.Clear(bids, asks).Matches)
        {
            BigInteger value = (BigInteger)bids.Single(bid => bid.Id == match.BidId).Limit.BaseUnits;
            BigInteger cost = (BigInteger)asks.Single(ask => ask.Id == match.AskId).Limit.BaseUnits;
            welfare += (value - cost) * match.Energy.Value;
        }

        Assert.That(welfare, Is.EqualTo(BestWelfare(bids, asks)));
    });

    [Test]
    public void Price_suits_every_order() => Books.Sample((bids, asks) =>
    {
        AuctionResult result = UniformPriceAuction.Clear(bids, asks);
        if (result.Volume.IsZero)
        {
            Assert.That(bids.Any(bid => asks.Any(ask => bid.Limit >= ask.Limit)), Is.False);
            return;
        }

        Assert.That(result.Price.IsOnStep, Is.True);
        foreach (AuctionOrder bid in bids)
        {
            WattHours filled = result.FilledOf(bid.Id);
            Assert.That(filled.IsZero || bid.Limit >= result.Price, Is.True, "a filled bid pays at most its limit");
            bool isAbove = bid.Limit.BaseUnits >= result.Price.BaseUnits + PricePerKwh.Step;
            Assert.That(isAbove && filled < bid.Energy, Is.False, "no unfilled bid above, but for the rounding");
        }

        foreach (AuctionOrder ask in asks)
        {
            WattHours filled = result.FilledOf(ask.Id);
            Assert.That(filled.IsZero || ask.Limit <= result.Price, Is.True, "a filled ask gets at least its limit");
            Assert.That(filled == ask.Energy || ask.Limit >= result.Price, Is.True, "no unfilled ask below");
        }
    });

    [Test]
    public void At_most_one_order_a_side_is_filled_in_part() => Books.Sample((bids, asks) =>
    {
        AuctionResult result = UniformPriceAuction.Clear(bids, asks);
        int partly = bids.Concat(asks).Count(order =>
            !result.FilledOf(order.Id).IsZero && result.FilledOf(order.Id) < order.Energy);
        Assert.That(partly, Is.LessThanOrEqualTo(1));
        Assert.That(result.Matches, Has.Count.LessThanOrEqualTo(Math.Max(bids.Length + asks.Length - 1, 0)));
    });

    [Test]
    public void Earlier_of_two_equal_orders_is_filled_first()
    {
        AuctionOrder[] bids = [Order(2, 5, 3), Order(1, 5, 3)];
        AuctionResult result = UniformPriceAuction.Clear(bids, [Order(3, 7, 3)]);
        Assert.That(result.FilledOf(1).Value, Is.EqualTo(5));
        Assert.That(result.FilledOf(2).Value, Is.EqualTo(2));
    }

    [Test]
    public void Midpoint_is_rounded_down_to_the_step()
    {
        AuctionResult result = UniformPriceAuction.Clear([Order(1, 5, 4)], [Order(2, 5, 1)]);
        Assert.That(result.Price.BaseUnits, Is.EqualTo((UInt128)2000));
    }

    private static AuctionOrder Order(ulong id, ulong energy, uint thousands) =>
        new(id, new WattHours(energy), new PricePerKwh(thousands * 1000));

    /// <summary>Every Wh on its own: the best sum of differences is that of the best k bids and k asks.</summary>
    private static BigInteger BestWelfare(AuctionOrder[] bids, AuctionOrder[] asks)
    {
        BigInteger[] values = [.. Units(bids).OrderDescending()];
        BigInteger[] costs = [.. Units(asks).Order()];
        BigInteger best = BigInteger.Zero;
        for (int k = 1; k <= Math.Min(values.Length, costs.Length); k++)
        {
            BigInteger sum = values.Take(k).Zip(costs).Aggregate(
                BigInteger.Zero,
                (total, pair) => total + pair.First - pair.Second);
            best = BigInteger.Max(best, sum);
        }

        return best;
    }

    private static IEnumerable<BigInteger> Units(AuctionOrder[] orders) =>
        orders.SelectMany(order => Enumerable.Repeat((BigInteger)order.Limit.BaseUnits, (int)order.Energy.Value));
}
