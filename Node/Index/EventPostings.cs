using EnergyChain.Contracts;
using EnergyChain.Contracts.Events;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index;

/// <summary>The lists that an event belongs to.</summary>
internal static class EventPostings
{
    public static void Add(EventRow row, PostingBuffer postings)
    {
        void Post(IndexKey key) => postings.Add((key, row.Position));

        EventFields fields = EventFields.Of(row.Log);
        Post(IndexKey.Of(IndexList.EventsByContract, row.Log.Address));
        if (row.Log.Topics.Count > 0)
        {
            Post(IndexKey.Of(IndexList.EventsByTopic, row.Log.Topics[0]));
        }

        foreach (Address account in fields.Accounts)
        {
            Post(IndexKey.Of(IndexList.EventsByAccount, account));
        }

        foreach (uint site in fields.Sites)
        {
            Post(IndexKey.Of(IndexList.EventsBySite, site));
        }

        if (fields.Slot is { } slot)
        {
            Post(IndexKey.Of(IndexList.EventsBySlot, slot));
        }

        if (row.Log.Address == EnergyMarketContract.Address)
        {
            AddMarket(fields, Post);
        }
        else if (row.Log.Address == MeterRegistryContract.Address
            && fields.Name == nameof(RegistryEvent.RecordAccepted))
        {
            AddReading(fields, Post);
        }
    }

    private static void AddMarket(EventFields fields, Action<IndexKey> post)
    {
        switch (fields.Name)
        {
            case nameof(MarketEvent.OrderPlaced) or nameof(MarketEvent.OfferPlaced):
                post(IndexKey.Of(IndexList.Orders));
                AddEach(fields, IndexList.OrdersByAccount, IndexList.OrdersBySite, IndexList.OrdersBySlot, post);
                break;
            case nameof(MarketEvent.TradeMade):
                post(IndexKey.Of(IndexList.Trades));
                AddEach(fields, IndexList.TradesByAccount, IndexList.TradesBySite, IndexList.TradesBySlot, post);
                break;
            case nameof(MarketEvent.TariffPublished)
                or nameof(MarketEvent.SlotCleared)
                or nameof(MarketEvent.SlotSettled):
                post(IndexKey.Of(IndexList.OfSlot, fields.Slot ?? 0));
                break;
            default:
                break;
        }

        foreach (ulong order in fields.Orders)
        {
            post(IndexKey.Of(IndexList.OfOrder, order));
        }

        if (fields.Trade is { } trade)
        {
            post(IndexKey.Of(IndexList.OfTrade, trade));
        }
    }

    private static void AddReading(EventFields fields, Action<IndexKey> post)
    {
        post(IndexKey.Of(IndexList.Readings));
        AddEach(fields, IndexList.ReadingsByDevice, IndexList.ReadingsBySite, IndexList.ReadingsBySlot, post);
    }

    private static void AddEach(
        EventFields fields, IndexList byAccount, IndexList bySite, IndexList bySlot, Action<IndexKey> post)
    {
        foreach (Address account in fields.Accounts)
        {
            post(IndexKey.Of(byAccount, account));
        }

        foreach (uint site in fields.Sites)
        {
            post(IndexKey.Of(bySite, site));
        }

        if (fields.Slot is { } slot)
        {
            post(IndexKey.Of(bySlot, slot));
        }
    }
}
