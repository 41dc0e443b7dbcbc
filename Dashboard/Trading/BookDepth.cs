using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;
using EnergyChain.Market;
using EnergyChain.Market.Auction;

namespace EnergyChain.Dashboard.Trading;

/// <summary>
/// The book of a slot as a curve: what the auction would do if the gate closed now. An offer to all that nobody took
/// joins it as a sell order; one to a single site does not.
/// </summary>
/// <param name="Bids">By falling limit.</param>
/// <param name="Asks">By rising limit.</param>
/// <param name="Clearing">What the auction would give.</param>
public sealed record BookDepth(
    IReadOnlyList<AuctionOrder> Bids, IReadOnlyList<AuctionOrder> Asks, AuctionResult Clearing)
{
    private const double WhOfKwh = 1_000;

    public bool IsEmpty => Bids.Count == 0 && Asks.Count == 0;

    public bool IsCrossed => !Clearing.Volume.IsZero;

    public static BookDepth Of(IEnumerable<MarketOrder> orders)
    {
        MarketOrder[] all = [.. orders];
        AuctionOrder[] bids =
        [
            .. all.Where(order => order.Kind == OrderKind.Buy)
                .Select(Auctioned)
                .OrderByDescending(order => order.Limit)
                .ThenBy(order => order.Id),
        ];
        AuctionOrder[] asks =
        [
            .. all.Where(order => order.Kind == OrderKind.Sell
                    || (order.Kind == OrderKind.Offer && order.Counterparty == 0))
                .Select(Auctioned)
                .OrderBy(order => order.Limit)
                .ThenBy(order => order.Id),
        ];
        return new BookDepth(bids, asks, UniformPriceAuction.Clear(bids, asks));
    }

    /// <summary>The same with one order more.</summary>
    public BookDepth With(bool isBid, WattHours energy, PricePerKwh limit)
    {
        AuctionOrder order = new(ulong.MaxValue, energy, limit);
        IReadOnlyList<AuctionOrder> bids = isBid ? [.. Bids, order] : Bids;
        IReadOnlyList<AuctionOrder> asks = isBid ? Asks : [.. Asks, order];
        return new BookDepth(bids, asks, UniformPriceAuction.Clear(bids, asks));
    }

    /// <summary>Corners of the stepped curve of a side, from no energy on; kWh and ENC per kWh.</summary>
    public static IReadOnlyList<DepthPoint> Steps(IReadOnlyList<AuctionOrder> side)
    {
        List<DepthPoint> points = [];
        double energy = 0;
        foreach (AuctionOrder order in side)
        {
            double price = Charts.ChartPoint.Coin(order.Limit.BaseUnits);
            points.Add(new DepthPoint(energy, price));
            energy += order.Energy.Value / WhOfKwh;
            points.Add(new DepthPoint(energy, price));
        }

        return points;
    }

    public static PricePerKwh Price(UInt256 basePerKwh) => new((UInt128)basePerKwh.ToBigInteger());

    private static AuctionOrder Auctioned(MarketOrder order) =>
        new(order.Id, new WattHours(order.EnergyWh), Price(order.PricePerKwh));
}
