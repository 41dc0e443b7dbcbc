using EnergyChain.Client.Model;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Client.Rpc;

/// <summary>History queries as requests: what is not asked for stays unset.</summary>
internal static class HistoryRequests
{
    public static Proto.ListTransactionsRequest Transactions(HistoryQuery query) => new()
    {
        Account = query.Account?.ToString() ?? "",
        PageSize = query.PageSize,
        PageToken = query.PageToken,
        FromTimeMs = query.FromTimeMs,
        ToTimeMs = query.ToTimeMs,
    };

    public static Proto.ListOrdersRequest Orders(HistoryQuery query)
    {
        Proto.ListOrdersRequest request = new()
        {
            Account = query.Account?.ToString() ?? "",
            OpenOnly = query.OpenOnly,
            PageSize = query.PageSize,
            PageToken = query.PageToken,
        };
        if (query.Id is { } id)
        {
            request.Id = id;
        }

        if (query.Site is { } site)
        {
            request.Site = site;
        }

        if (query.Slot is { } slot)
        {
            request.Slot = slot;
        }

        return request;
    }

    public static Proto.ListTradesRequest Trades(HistoryQuery query)
    {
        Proto.ListTradesRequest request = new()
        {
            Account = query.Account?.ToString() ?? "",
            PageSize = query.PageSize,
            PageToken = query.PageToken,
            FromTimeMs = query.FromTimeMs,
            ToTimeMs = query.ToTimeMs,
        };
        if (query.Id is { } id)
        {
            request.Id = id;
        }

        if (query.Site is { } site)
        {
            request.Site = site;
        }

        if (query.Slot is { } slot)
        {
            request.Slot = slot;
        }

        return request;
    }

    public static Proto.ListReadingsRequest Readings(HistoryQuery query)
    {
        Proto.ListReadingsRequest request = new()
        {
            Device = query.Account?.ToString() ?? "",
            FromSlot = query.FromSlot,
            ToSlot = query.ToSlot,
            PageSize = query.PageSize,
            PageToken = query.PageToken,
            FromTimeMs = query.FromTimeMs,
            ToTimeMs = query.ToTimeMs,
        };
        if (query.Site is { } site)
        {
            request.Site = site;
        }

        if (query.Slot is { } slot)
        {
            request.Slot = slot;
        }

        return request;
    }

    public static Proto.ListEventsRequest Events(EventQuery query)
    {
        Proto.ListEventsRequest request = new()
        {
            Contract = query.Contract?.ToString() ?? "",
            Account = query.Account?.ToString() ?? "",
            Name = query.Name,
            FromHeight = query.FromHeight,
            ToHeight = query.ToHeight,
            PageSize = query.PageSize,
            PageToken = query.PageToken,
        };
        if (query.Site is { } site)
        {
            request.Site = site;
        }

        if (query.Slot is { } slot)
        {
            request.Slot = slot;
        }

        return request;
    }
}
