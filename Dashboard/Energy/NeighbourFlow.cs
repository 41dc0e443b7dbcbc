using System.Numerics;
using EnergyChain.Client;
using EnergyChain.Client.Model;

namespace EnergyChain.Dashboard.Energy;

/// <summary>What a site sells to and buys from its neighbours in the slot of now, by its trades.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="EnergySeconds">Seconds that its energy is delivered in.</param>
/// <param name="SoldWh">Sold in it.</param>
/// <param name="BoughtWh">Bought in it.</param>
public sealed record NeighbourFlow(ulong Slot, ulong EnergySeconds, BigInteger SoldWh, BigInteger BoughtWh)
{
    private const uint MostTrades = 200;

    /// <summary>Mean power over the slot: positive from neighbours, negative to them; W.</summary>
    public BigInteger MeanW => (BoughtWh - SoldWh) * 3_600 / EnergySeconds;

    public static async Task<NeighbourFlow> ReadAsync(
        INodeClient node,
        uint site,
        ulong slotSeconds,
        ulong energySeconds,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        ulong slot = (ulong)now.ToUnixTimeSeconds() / slotSeconds;
        PageOf<TradeInfo> trades = await node.ListTradesAsync(
            new HistoryQuery { Site = site, Slot = slot, PageSize = MostTrades }, cancellationToken);
        return new NeighbourFlow(
            slot,
            energySeconds,
            Sum(trades.Rows.Where(trade => trade.SellerSite == site)),
            Sum(trades.Rows.Where(trade => trade.BuyerSite == site)));
    }

    private static BigInteger Sum(IEnumerable<TradeInfo> trades) =>
        trades.Aggregate(BigInteger.Zero, (sum, trade) => sum + trade.EnergyWh);
}
