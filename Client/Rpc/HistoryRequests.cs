using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Client.Rpc;

/// <summary>History queries as requests: what is not asked for stays unset.</summary>
internal static class HistoryRequests
{
    public static Proto.ListTransactionsRequest Transactions(HistoryQuery query) => new()
    {
        Account = Text(query.Account),
        PageSize = query.PageSize,
        PageToken = query.PageToken,
        FromTimeMs = query.FromTimeMs,
        ToTimeMs = query.ToTimeMs,
    };

    public static Proto.ListOrdersRequest Orders(HistoryQuery query)
    {
        Proto.ListOrdersRequest request = new()
        {
            Account = Text(query.Account),
            OpenOnly = query.OpenOnly,
            PageSize = query.PageSize,
            PageToken = query.PageToken,
        };
        WhereGiven(query.Id, id => request.Id = id);
        WhereGiven(query.Site, site => request.Site = site);
        WhereGiven(query.Slot, slot => request.Slot = slot);
        return request;
    }

    public static Proto.ListTradesRequest Trades(HistoryQuery query)
    {
        Proto.ListTradesRequest request = new()
        {
            Account = Text(query.Account),
            PageSize = query.PageSize,
            PageToken = query.PageToken,
            FromTimeMs = query.FromTimeMs,
            ToTimeMs = query.ToTimeMs,
        };
        WhereGiven(query.Id, id => request.Id = id);
        WhereGiven(query.Site, site => request.Site = site);
        WhereGiven(query.Slot, slot => request.Slot = slot);
        return request;
    }

    public static Proto.ListReadingsRequest Readings(HistoryQuery query)
    {
        Proto.ListReadingsRequest request = new()
        {
            Device = Text(query.Account),
            FromSlot = query.FromSlot,
            ToSlot = query.ToSlot,
            PageSize = query.PageSize,
            PageToken = query.PageToken,
            FromTimeMs = query.FromTimeMs,
            ToTimeMs = query.ToTimeMs,
        };
        WhereGiven(query.Site, site => request.Site = site);
        WhereGiven(query.Slot, slot => request.Slot = slot);
        return request;
    }

    public static Proto.ListEventsRequest Events(EventQuery query)
    {
        Proto.ListEventsRequest request = new()
        {
            Contract = Text(query.Contract),
            Account = Text(query.Account),
            Name = query.Name,
            FromHeight = query.FromHeight,
            ToHeight = query.ToHeight,
            PageSize = query.PageSize,
            PageToken = query.PageToken,
        };
        WhereGiven(query.Site, site => request.Site = site);
        WhereGiven(query.Slot, slot => request.Slot = slot);
        return request;
    }

    private static string Text(Address? address) => address?.ToString() ?? "";

    // A field that was set to zero asks for zero: only one that was never set asks for all.
    private static void WhereGiven<T>(T? value, Action<T> set)
        where T : struct
    {
        if (value is { } given)
        {
            set(given);
        }
    }
}
