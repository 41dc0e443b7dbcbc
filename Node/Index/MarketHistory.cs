using EnergyChain.Contracts;
using EnergyChain.Contracts.Events;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Index;

/// <summary>
/// Orders, trades, slots and readings out of the events that made and changed them. The index keeps events only, which
/// never change; what became of an order is told anew with each question.
/// </summary>
internal sealed class MarketHistory(IndexReader reader)
{
    // 256 direct trades and at most 511 of the auction.
    private const int MaxSlotTrades = 1_023;

    private readonly HistoryMessages _messages = new(reader);

    /// <summary>The order or offer that the event at a position placed, as it stands now.</summary>
    public Proto.Order? Order(ulong position)
    {
        if (Market(position, out EventRow row) is not { } happening || NewOrder(happening) is not { } order)
        {
            return null;
        }

        order.PlacedHeight = IndexPosition.HeightOf(position).Value;
        order.PlacedTimeMs = row.TimeMs;
        order.TransactionId = _messages.TransactionOf(position);
        IndexKey key = IndexKey.Of(IndexList.OfOrder, order.Id);
        foreach (ulong later in reader.Up(key, position, () => order.State != Proto.OrderState.Open))
        {
            Follow(order, Market(later, out _));
        }

        return order;
    }

    /// <summary>The trade that the event at a position made, with its settlement where there is one.</summary>
    public Proto.Trade? Trade(ulong position)
    {
        if (Market(position, out EventRow row) is not MarketEvent.TradeMade made)
        {
            return null;
        }

        Proto.Trade trade = new()
        {
            Id = made.TradeId,
            Slot = made.Slot,
            SellerSite = made.Trade.SellerSite,
            BuyerSite = made.Trade.BuyerSite,
            Seller = made.Trade.Seller.ToString(),
            Buyer = made.Trade.Buyer.ToString(),
            EnergyWh = made.Trade.EnergyWh,
            PricePerKwh = made.Trade.PricePerKwh.ToString(),
            BuyOrderId = made.BuyOrderId,
            SellOrderId = made.SellOrderId,
            Height = IndexPosition.HeightOf(position).Value,
            TimeMs = row.TimeMs,
            TransactionId = _messages.TransactionOf(position),
        };
        IndexKey key = IndexKey.Of(IndexList.OfTrade, made.TradeId);
        foreach (ulong later in reader.Up(key, position, static () => false))
        {
            if (Market(later, out EventRow at) is MarketEvent.TradeSettled settled)
            {
                trade.Settlement = Settlement(settled.Line, at);
                break;
            }
        }

        return trade;
    }

    /// <summary>The meter record that the event at a position accepted.</summary>
    public Proto.Reading? Reading(ulong position)
    {
        if (!reader.TryGetEvent(position, out EventRow? row)
            || !MeterRegistryContract.TryDecodeEvent(row.Log.Topics, row.Log.Data.Span, out RegistryEvent? registry)
            || registry is not RegistryEvent.RecordAccepted accepted)
        {
            return null;
        }

        MeterRecord record = accepted.Record;
        return new Proto.Reading
        {
            Slot = accepted.Slot,
            Device = accepted.Device.ToString(),
            Site = accepted.Site,
            ImportedWh = record.ImportedWh,
            ExportedWh = record.ExportedWh,
            ProducedWh = record.ProducedWh,
            ConsumedWh = record.ConsumedWh,
            SocWh = record.SocWh,
            ImportCounterWh = record.ImportCounterWh,
            ExportCounterWh = record.ExportCounterWh,
            ProductionCounterWh = record.ProductionCounterWh,
            Sequence = record.Sequence,
            ReadingsHash = record.ReadingsHash.ToString(),
            Late = accepted.IsLate,
            Height = IndexPosition.HeightOf(position).Value,
            TimeMs = row.TimeMs,
            TransactionId = _messages.TransactionOf(position),
        };
    }

    /// <summary>A slot with its trades; null where nothing happened for it.</summary>
    public Proto.Slot? Slot(ulong number)
    {
        ulong[] events = Oldest(IndexList.OfSlot, number);
        ulong[] trades = Oldest(IndexList.TradesBySlot, number);
        int orders = reader.Down(IndexKey.Of(IndexList.OrdersBySlot, number), IndexPosition.Last).Count();
        if (events.Length + trades.Length + orders == 0)
        {
            return null;
        }

        Proto.Slot slot = new() { Slot_ = number, Orders = (uint)orders };
        foreach (ulong position in events)
        {
            Follow(slot, Market(position, out _), IndexPosition.HeightOf(position).Value);
        }

        slot.Trades.AddRange(trades.Select(Trade).OfType<Proto.Trade>());
        return slot;
    }

    private static Proto.Order? NewOrder(MarketEvent happening) => happening switch
    {
        MarketEvent.OrderPlaced placed => NewOrder(
            placed.OrderId,
            placed.Slot,
            (Proto.OrderKind)(byte)placed.Kind,
            placed.Account,
            placed.Site,
            0,
            placed.EnergyWh,
            placed.PricePerKwh,
            placed.Locked),
        MarketEvent.OfferPlaced offer => NewOrder(
            offer.OfferId,
            offer.Slot,
            Proto.OrderKind.Offer,
            offer.Account,
            offer.Site,
            offer.Counterparty,
            offer.EnergyWh,
            offer.PricePerKwh,
            offer.Locked),
        _ => null,
    };

    private static Proto.Order NewOrder(
        ulong id,
        ulong slot,
        Proto.OrderKind kind,
        Address account,
        uint site,
        uint counterparty,
        uint energyWh,
        UInt256 price,
        UInt256 locked) =>
        new()
        {
            Id = id,
            Slot = slot,
            Kind = kind,
            Account = account.ToString(),
            Site = site,
            Counterparty = counterparty,
            EnergyWh = energyWh,
            PricePerKwh = price.ToString(),
            Locked = locked.ToString(),
            Returned = "0",
            State = Proto.OrderState.Open,
        };

    private static void Follow(Proto.Order order, MarketEvent? happening)
    {
        switch (happening)
        {
            case MarketEvent.OrderCancelled cancelled:
                order.State = Proto.OrderState.Cancelled;
                order.Returned = cancelled.Returned.ToString();
                break;
            case MarketEvent.OrderClosed closed:
                order.State = Proto.OrderState.Closed;
                order.Returned = closed.Returned.ToString();
                break;
            case MarketEvent.TradeMade made:
                order.FilledWh += made.Trade.EnergyWh;

                // An offer that was accepted whole leaves the book without an event of its own.
                order.State = order.FilledWh >= order.EnergyWh ? Proto.OrderState.Closed : order.State;
                break;
            default:
                break;
        }
    }

    private static void Follow(Proto.Slot slot, MarketEvent? happening, ulong height)
    {
        switch (happening)
        {
            case MarketEvent.TariffPublished tariff:
                slot.RetailPerKwh = tariff.RetailPerKwh.ToString();
                slot.FeedInPerKwh = tariff.FeedInPerKwh.ToString();
                break;
            case MarketEvent.SlotCleared cleared:
                slot.Cleared = true;
                slot.ClearingPricePerKwh = cleared.PricePerKwh.ToString();
                slot.ClearedWh = cleared.VolumeWh;
                slot.ClearedHeight = height;
                break;
            case MarketEvent.SlotSettled settled:
                slot.Settled = true;
                slot.SettledHeight = height;
                slot.SoldWh = settled.Sums.SoldWh;
                slot.DeliveredWh = settled.Sums.DeliveredWh;
                slot.Paid = settled.Sums.Paid.ToString();
                slot.Fees = settled.Sums.Fees.ToString();
                slot.Compensation = settled.Sums.Compensation.ToString();
                break;
            default:
                break;
        }
    }

    private static Proto.Settlement Settlement(SettledTrade line, EventRow row) => new()
    {
        DeliveredWh = line.DeliveredWh,
        ShortWh = line.ShortWh,
        SellerExportedWh = line.SellerExportedWh,
        CertifiedWh = line.CertifiedWh,
        Paid = line.Paid.ToString(),
        Fee = line.Fee.ToString(),
        Compensation = line.Compensation.ToString(),
        EscrowReturned = line.EscrowReturned.ToString(),
        CollateralReturned = line.CollateralReturned.ToString(),
        Height = IndexPosition.HeightOf(row.Position).Value,
        TimeMs = row.TimeMs,
    };

    private ulong[] Oldest(IndexList list, ulong key) =>
        [.. reader.Down(IndexKey.Of(list, key), IndexPosition.Last).Take(MaxSlotTrades).Reverse()];

    private MarketEvent? Market(ulong position, out EventRow row) =>
        reader.TryGetEvent(position, out row!)
        && EnergyMarketContract.TryDecodeEvent(row.Log.Topics, row.Log.Data.Span, out MarketEvent? happening)
            ? happening
            : null;
}
