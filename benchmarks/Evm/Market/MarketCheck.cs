using EnergyChain.Contracts;
using EnergyChain.Contracts.Events;
using EnergyChain.Contracts.Views;
using EnergyChain.Ledger.Execution;
using EnergyChain.Market;
using EnergyChain.Market.Auction;

namespace EnergyChain.Benchmarks.Evm.Market;

/// <summary>
/// Compares what the contracts did with the plain auction of the Market room and with sums over the events. Throws
/// <see cref="WrongResultException"/> at the first difference: figures of wrong results are worth nothing.
/// </summary>
internal sealed class MarketCheck(MarketChain chain)
{
    private readonly List<MarketEvent.OrderPlaced> _orders = [];
    private readonly List<(ulong Slot, MarketTrade Trade)> _trades = [];

    public int TradesOf(ulong slot) => _trades.Count(made => made.Slot == slot);

    public void Orders(BlockResult result, int count)
    {
        MarketEvent.OrderPlaced[] placed = Expect<MarketEvent.OrderPlaced>(result, count);
        _orders.AddRange(placed);
    }

    /// <summary>The offer's id.</summary>
    public ulong Offer(BlockResult result) => Expect<MarketEvent.OfferPlaced>(result, 1)[0].OfferId;

    public void Acceptances(BlockResult result, int count) => Remember(Expect<MarketEvent.TradeMade>(result, count));

    public void Records(BlockResult result, int count)
    {
        int accepted = result.Receipts.SelectMany(receipt => receipt.Logs).Count(log =>
            log.Address == MeterRegistryContract.Address
            && MeterRegistryContract.TryDecodeEvent(log.Topics, log.Data.Span, out RegistryEvent? happening)
            && happening is RegistryEvent.RecordAccepted);
        Require(accepted == count, $"{accepted} records were accepted, not {count}");
    }

    public void Clearing(BlockResult result, ulong slot)
    {
        MarketEvent.OrderPlaced[] book = [.. _orders.Where(order => order.Slot == slot)];
        AuctionResult auction = UniformPriceAuction.Clear(Side(book, OrderKind.Buy), Side(book, OrderKind.Sell));
        MarketEvent.SlotCleared cleared = Expect<MarketEvent.SlotCleared>(result, 1)[0];
        Require(auction.Matches.Count > 0, $"slot {slot} has nothing to trade");
        ulong volumeWh = auction.Volume.Value;
        Require(cleared.VolumeWh == volumeWh, $"{cleared.VolumeWh} Wh were cleared, not {volumeWh}");
        Require(
            cleared.PricePerKwh.ToBigInteger() == auction.Price.BaseUnits,
            $"the price is {cleared.PricePerKwh}, not {auction.Price}");
        MarketEvent.TradeMade[] made = Expect<MarketEvent.TradeMade>(result, auction.Matches.Count);
        Require(
            made.Select(trade => (trade.BuyOrderId, trade.SellOrderId, (ulong)trade.Trade.EnergyWh)).SequenceEqual(
                auction.Matches.Select(match => (match.BidId, match.AskId, match.Energy.Value))),
            $"the trades of slot {slot} are not those of the auction");
        Expect<MarketEvent.OrderClosed>(result, book.Length);
        Remember(made);
    }

    public void Settlement(BlockResult result, ulong slot, Func<uint, ulong, ulong> exportedWh)
    {
        SettledSlot sums = Expect<MarketEvent.SlotSettled>(result, 1)[0].Sums;
        MarketTrade[] trades = [.. _trades.Where(made => made.Slot == slot).Select(made => made.Trade)];
        Expect<MarketEvent.TradeSettled>(result, trades.Length);
        ulong soldWh = Sum(trades.Select(trade => (ulong)trade.EnergyWh));
        ulong deliveredWh = Sum(trades.GroupBy(trade => trade.SellerSite).Select(sold => Math.Min(
            Sum(sold.Select(trade => (ulong)trade.EnergyWh)), exportedWh(sold.Key, slot))));
        Require(sums.SoldWh == soldWh, $"{sums.SoldWh} Wh were sold, not {soldWh}");
        Require(sums.DeliveredWh == deliveredWh, $"{sums.DeliveredWh} Wh were delivered, not {deliveredWh}");
        Require(deliveredWh < soldWh, $"slot {slot} has no shortfall to settle");
        Require(
            sums.Fees.ToBigInteger() == chain.Contracts.GridFeePerKwh.ToBigInteger() * deliveredWh / 1000,
            $"the fees are {sums.Fees}");
    }

    private static T[] Expect<T>(BlockResult result, int count)
        where T : MarketEvent
    {
        T[] found = [.. MarketChain.EventsOf(result).OfType<T>()];
        Require(found.Length == count, $"{found.Length} events {typeof(T).Name}, not {count}");
        return found;
    }

    private static IEnumerable<AuctionOrder> Side(IEnumerable<MarketEvent.OrderPlaced> book, OrderKind kind) => book
        .Where(order => order.Kind == kind)
        .Select(order => new AuctionOrder(
            order.OrderId,
            new WattHours(order.EnergyWh),
            new PricePerKwh((UInt128)order.PricePerKwh.ToBigInteger())));

    private static ulong Sum(IEnumerable<ulong> values) => values.Aggregate(0UL, (sum, value) => sum + value);

    private static void Require(bool holds, string mistake)
    {
        if (!holds)
        {
            throw new WrongResultException($"market: {mistake}.");
        }
    }

    private void Remember(IEnumerable<MarketEvent.TradeMade> made) =>
        _trades.AddRange(made.Select(trade => (trade.Slot, trade.Trade)));
}
