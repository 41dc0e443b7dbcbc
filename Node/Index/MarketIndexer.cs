using EnergyChain.Contracts;
using EnergyChain.Contracts.Events;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Index;

/// <summary>Turns events of market and registry into rows of orders, trades, slots and readings.</summary>
internal sealed class MarketIndexer(IndexDatabase database)
{
    /// <param name="log">The event as its receipt has it.</param>
    /// <param name="place">The same event with block, time and transaction.</param>
    /// <param name="position">Its place in the index.</param>
    public void Index(LogEntry log, Proto.Log place, ulong position)
    {
        if (log.Address == EnergyMarketContract.Address
            && EnergyMarketContract.TryDecodeEvent(log.Topics, log.Data.Span, out MarketEvent? market))
        {
            IndexMarket(market!, place, position);
        }
        else if (log.Address == MeterRegistryContract.Address
            && MeterRegistryContract.TryDecodeEvent(log.Topics, log.Data.Span, out RegistryEvent? registry)
            && registry is RegistryEvent.RecordAccepted record)
        {
            IndexReading(record, place, position);
        }
    }

    private void IndexMarket(MarketEvent happening, Proto.Log place, ulong position)
    {
        switch (happening)
        {
            case MarketEvent.TariffPublished tariff:
                Update(tariff.Slot, slot =>
                {
                    slot.RetailPerKwh = tariff.RetailPerKwh.ToString();
                    slot.FeedInPerKwh = tariff.FeedInPerKwh.ToString();
                });
                break;
            case MarketEvent.OrderPlaced placed:
                AddOrder(NewOrder(placed.OrderId, placed.Slot, (Proto.OrderKind)(byte)placed.Kind, placed.Account,
                    placed.Site, placed.EnergyWh, placed.PricePerKwh, placed.Locked), 0, place, position);
                break;
            case MarketEvent.OfferPlaced offer:
                AddOrder(NewOrder(offer.OfferId, offer.Slot, Proto.OrderKind.Offer, offer.Account,
                    offer.Site, offer.EnergyWh, offer.PricePerKwh, offer.Locked), offer.Counterparty, place, position);
                break;
            case MarketEvent.OrderCancelled cancelled:
                Close(cancelled.OrderId, Proto.OrderState.Cancelled, cancelled.Returned);
                break;
            case MarketEvent.OrderClosed closed:
                Close(closed.OrderId, Proto.OrderState.Closed, closed.Returned);
                break;
            case MarketEvent.TradeMade made:
                AddTrade(made, place, position);
                break;
            case MarketEvent.SlotCleared cleared:
                Update(cleared.Slot, slot =>
                {
                    slot.Cleared = true;
                    slot.ClearingPricePerKwh = cleared.PricePerKwh.ToString();
                    slot.ClearedWh = cleared.VolumeWh;
                    slot.ClearedHeight = place.Height;
                });
                break;
            case MarketEvent.TradeSettled settled:
                Settle(settled, place);
                break;
            case MarketEvent.SlotSettled settled:
                Update(settled.Slot, slot => SetSums(slot, settled.Sums, place.Height));
                break;
            default:
                break;
        }
    }

    private static void SetSums(Proto.Slot slot, SettledSlot sums, ulong height)
    {
        slot.Settled = true;
        slot.SettledHeight = height;
        slot.SoldWh = sums.SoldWh;
        slot.DeliveredWh = sums.DeliveredWh;
        slot.Paid = sums.Paid.ToString();
        slot.Fees = sums.Fees.ToString();
        slot.Compensation = sums.Compensation.ToString();
    }

    private static Proto.Order NewOrder(
        ulong id,
        ulong slot,
        Proto.OrderKind kind,
        Address account,
        uint site,
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
            EnergyWh = energyWh,
            PricePerKwh = price.ToString(),
            Locked = locked.ToString(),
            Returned = "0",
            State = Proto.OrderState.Open,
        };

    private void AddOrder(Proto.Order order, uint counterparty, Proto.Log place, ulong position)
    {
        if (database.Get<Proto.Order>(IndexTable.Orders, order.Id) is not null)
        {
            return;
        }

        order.Counterparty = counterparty;
        order.PlacedHeight = place.Height;
        order.PlacedTimeMs = place.TimeMs;
        order.TransactionId = place.TransactionId;
        Update(order.Slot, slot => slot.Orders++);
        database.Put(IndexTable.Orders, order.Id, order);
        Address.TryParse(order.Account, out Address account);
        database.Post(IndexLists.Orders, IndexLists.All, position, order.Id);
        database.Post(IndexLists.OrdersByAccount, IndexLists.Key(account), position, order.Id);
        database.Post(IndexLists.OrdersBySite, IndexLists.Key(order.Site), position, order.Id);
        database.Post(IndexLists.OrdersBySlot, IndexLists.Key(order.Slot), position, order.Id);
    }

    private void Close(ulong orderId, Proto.OrderState state, UInt256 returned)
    {
        if (database.Get<Proto.Order>(IndexTable.Orders, orderId) is { } order)
        {
            order.State = state;
            order.Returned = returned.ToString();
            database.Put(IndexTable.Orders, orderId, order);
        }
    }

    private void Fill(ulong orderId, uint energyWh)
    {
        if (orderId != 0 && database.Get<Proto.Order>(IndexTable.Orders, orderId) is { } order)
        {
            order.FilledWh += energyWh;

            // An offer that was accepted whole leaves the book without an event of its own.
            order.State = order.FilledWh >= order.EnergyWh ? Proto.OrderState.Closed : order.State;
            database.Put(IndexTable.Orders, orderId, order);
        }
    }

    private void AddTrade(MarketEvent.TradeMade made, Proto.Log place, ulong position)
    {
        if (database.Get<Proto.Trade>(IndexTable.Trades, made.TradeId) is not null)
        {
            return;
        }

        Fill(made.BuyOrderId, made.Trade.EnergyWh);
        Fill(made.SellOrderId, made.Trade.EnergyWh);
        database.Put(IndexTable.Trades, made.TradeId, new Proto.Trade
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
            Height = place.Height,
            TimeMs = place.TimeMs,
            TransactionId = place.TransactionId,
        });
        Update(made.Slot, static _ => { });
        database.Post(IndexLists.Trades, IndexLists.All, position, made.TradeId);
        database.Post(IndexLists.TradesBySlot, IndexLists.Key(made.Slot), position, made.TradeId);
        database.Post(IndexLists.TradesBySite, IndexLists.Key(made.Trade.SellerSite), position, made.TradeId);
        database.Post(IndexLists.TradesBySite, IndexLists.Key(made.Trade.BuyerSite), position, made.TradeId);
        database.Post(IndexLists.TradesByAccount, IndexLists.Key(made.Trade.Seller), position, made.TradeId);
        database.Post(IndexLists.TradesByAccount, IndexLists.Key(made.Trade.Buyer), position, made.TradeId);
    }

    private void Settle(MarketEvent.TradeSettled settled, Proto.Log place)
    {
        if (database.Get<Proto.Trade>(IndexTable.Trades, settled.TradeId) is not { } trade)
        {
            return;
        }

        SettledTrade line = settled.Line;
        trade.Settlement = new Proto.Settlement
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
            Height = place.Height,
            TimeMs = place.TimeMs,
        };
        database.Put(IndexTable.Trades, trade.Id, trade);
    }

    private void IndexReading(RegistryEvent.RecordAccepted accepted, Proto.Log place, ulong position)
    {
        MeterRecord record = accepted.Record;
        database.Put(IndexTable.Readings, position, new Proto.Reading
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
            Height = place.Height,
            TimeMs = place.TimeMs,
            TransactionId = place.TransactionId,
        });
        database.Post(IndexLists.ReadingsBySite, IndexLists.Key(accepted.Site), position, position);
        database.Post(IndexLists.ReadingsBySlot, IndexLists.Key(accepted.Slot), position, position);
        database.Post(IndexLists.ReadingsByDevice, IndexLists.Key(accepted.Device), position, position);
    }

    private void Update(ulong slot, Action<Proto.Slot> change)
    {
        Proto.Slot row = database.Get<Proto.Slot>(IndexTable.Slots, slot) ?? new Proto.Slot { Slot_ = slot };
        change(row);
        database.Put(IndexTable.Slots, slot, row);
    }
}
