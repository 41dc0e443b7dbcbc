using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Index;
using Grpc.Core;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>energychain.v1.HistoryService: reads the history index.</summary>
internal sealed class HistoryRpc(IChain chain, IServiceProvider services) : Proto.HistoryService.HistoryServiceBase
{
    // 256 direct trades and at most 511 of the auction.
    private const int MaxSlotTrades = 1_023;

    private readonly HistoryIndex? _index = services.GetService<HistoryIndex>();

    private string SinceWhen => chain.FirstReceipts > Height.Genesis.Next
        ? $" since block {chain.FirstReceipts}, with which the history of this node begins, as it joined by a snapshot"
        : string.Empty;

    private HistoryIndex Index =>
        _index ?? throw ApiError.NotKept("This node keeps no history index; ask a relay node that does.");

    public override Task<Proto.IndexStatus> GetIndexStatus(
        Proto.GetIndexStatusRequest request, ServerCallContext context) =>
        Task.FromResult(new Proto.IndexStatus
        {
            IndexedHeight = Index.IndexedHeight.Value,
            HeadHeight = chain.Head.Height.Value,
            Rebuilding = Index.IsRebuilding,
        });

    public override Task<Proto.ListTransactionsResponse> ListTransactions(
        Proto.ListTransactionsRequest request, ServerCallContext context)
    {
        ErasedRecords erased = new(chain.Erasures);
        (string, string)? list = request.Account.Length == 0
            ? null
            : (IndexLists.TransactionsByAccount, AccountKey("account", request.Account));
        Page<Proto.TransactionSummary> page = new HistoryPages(Open()).Of<Proto.TransactionSummary>(
            IndexTable.Transactions,
            list,
            request.PageToken,
            request.PageSize,
            transaction => Verdict(!erased.LeavesOut(transaction.Id)));
        Proto.ListTransactionsResponse response = new() { NextPageToken = page.NextPageToken };
        erased.NameIn(response.Erased);
        response.Transactions.AddRange(page.Rows);
        return Task.FromResult(response);
    }

    public override Task<Proto.ListEventsResponse> ListEvents(
        Proto.ListEventsRequest request, ServerCallContext context)
    {
        EventQuery query = new(request);
        ErasedRecords erased = new(chain.Erasures);
        Page<Proto.Event> page = new HistoryPages(Open()).Of<Proto.Event>(
            IndexTable.Events, query.List, request.PageToken, request.PageSize, row => query.Judge(row) switch
            {
                RowVerdict.Take when erased.LeavesOut(row.Log.TransactionId) => RowVerdict.Skip,
                RowVerdict verdict => verdict,
            });
        Proto.ListEventsResponse response = new() { NextPageToken = page.NextPageToken };
        erased.NameIn(response.Erased);
        response.Events.AddRange(page.Rows);
        return Task.FromResult(response);
    }

    public override Task<Proto.ListOrdersResponse> ListOrders(
        Proto.ListOrdersRequest request, ServerCallContext context)
    {
        string account = Canonical("account", request.Account);
        ErasedRecords erased = new(chain.Erasures);
        (string, string) list = request switch
        {
            { HasSite: true } => (IndexLists.OrdersBySite, IndexLists.Key(request.Site)),
            { HasSlot: true } => (IndexLists.OrdersBySlot, IndexLists.Key(request.Slot)),
            { Account.Length: > 0 } => (IndexLists.OrdersByAccount, AccountKey("account", request.Account)),
            _ => (IndexLists.Orders, IndexLists.All),
        };
        Page<Proto.Order> page = new HistoryPages(Open()).Of<Proto.Order>(
            IndexTable.Orders, list, request.PageToken, request.PageSize, order => Verdict(
                (!request.HasSlot || order.Slot == request.Slot)
                && (account.Length == 0 || order.Account == account)
                && (!request.OpenOnly || order.State == Proto.OrderState.Open)
                && !erased.LeavesOut(order.TransactionId)));
        Proto.ListOrdersResponse response = new() { NextPageToken = page.NextPageToken };
        erased.NameIn(response.Erased);
        response.Orders.AddRange(page.Rows);
        return Task.FromResult(response);
    }

    public override Task<Proto.ListTradesResponse> ListTrades(
        Proto.ListTradesRequest request, ServerCallContext context)
    {
        string account = Canonical("account", request.Account);
        ErasedRecords erased = new(chain.Erasures);
        (string, string) list = request switch
        {
            { HasSite: true } => (IndexLists.TradesBySite, IndexLists.Key(request.Site)),
            { HasSlot: true } => (IndexLists.TradesBySlot, IndexLists.Key(request.Slot)),
            { Account.Length: > 0 } => (IndexLists.TradesByAccount, AccountKey("account", request.Account)),
            _ => (IndexLists.Trades, IndexLists.All),
        };
        RequireOrder("to_time_ms", request.FromTimeMs, request.ToTimeMs);
        Page<Proto.Trade> page = new HistoryPages(Open()).Of<Proto.Trade>(
            IndexTable.Trades, list, request.PageToken, request.PageSize, trade => trade.TimeMs < request.FromTimeMs
                ? RowVerdict.Stop
                : Verdict(
                    (!request.HasSlot || trade.Slot == request.Slot)
                    && (account.Length == 0 || trade.Seller == account || trade.Buyer == account)
                    && (request.ToTimeMs == 0 || trade.TimeMs < request.ToTimeMs)
                    && !erased.LeavesOut(trade.TransactionId)));
        Proto.ListTradesResponse response = new() { NextPageToken = page.NextPageToken };
        erased.NameIn(response.Erased);
        response.Trades.AddRange(page.Rows);
        return Task.FromResult(response);
    }

    public override Task<Proto.ListReadingsResponse> ListReadings(
        Proto.ListReadingsRequest request, ServerCallContext context)
    {
        string device = Canonical("device", request.Device);
        ErasedRecords erased = new(chain.Erasures);
        (string, string)? list = request switch
        {
            { HasSlot: true } => (IndexLists.ReadingsBySlot, IndexLists.Key(request.Slot)),
            { Device.Length: > 0 } => (IndexLists.ReadingsByDevice, AccountKey("device", request.Device)),
            { HasSite: true } => (IndexLists.ReadingsBySite, IndexLists.Key(request.Site)),
            _ => null,
        };
        RequireOrder("to_slot", request.FromSlot, request.ToSlot);
        Page<Proto.Reading> page = new HistoryPages(Open()).Of<Proto.Reading>(
            IndexTable.Readings, list, request.PageToken, request.PageSize, reading => Verdict(
                (!request.HasSite || reading.Site == request.Site)
                && (device.Length == 0 || reading.Device == device)
                && reading.Slot >= request.FromSlot
                && (request.ToSlot == 0 || reading.Slot < request.ToSlot)
                && !erased.LeavesOut(reading.TransactionId)));
        Proto.ListReadingsResponse response = new() { NextPageToken = page.NextPageToken };
        erased.NameIn(response.Erased);
        response.Readings.AddRange(page.Rows);
        return Task.FromResult(response);
    }

    public override Task<Proto.Slot> GetSlot(Proto.GetSlotRequest request, ServerCallContext context)
    {
        IndexDatabase database = Open();
        Proto.Slot slot = database.Get<Proto.Slot>(IndexTable.Slots, request.Slot)
            ?? throw ApiError.NotFound($"Nothing happened in the market for slot {request.Slot}{SinceWhen}.");
        IReadOnlyList<(ulong Position, ulong Id)> trades = database.Scan(
            IndexLists.TradesBySlot, IndexLists.Key(request.Slot), IndexPosition.Last, MaxSlotTrades);
        ErasedRecords erased = new(chain.Erasures);
        slot.Trades.AddRange(trades.Reverse()
            .Select(trade => database.Get<Proto.Trade>(IndexTable.Trades, trade.Id))
            .OfType<Proto.Trade>()
            .Where(trade => !erased.LeavesOut(trade.TransactionId)));
        erased.NameIn(slot.Erased);
        return Task.FromResult(slot);
    }

    private static RowVerdict Verdict(bool wanted) => wanted ? RowVerdict.Take : RowVerdict.Skip;

    private static string AccountKey(string field, string text) =>
        IndexLists.Key(RequestFields.Address(field, text));

    /// <summary>The address as rows have it; empty for none.</summary>
    private static string Canonical(string field, string text) =>
        RequestFields.OptionalAddress(field, text)?.ToString() ?? "";

    private static void RequireOrder(string field, ulong from, ulong to)
    {
        if (to != 0 && to <= from)
        {
            throw ApiError.Invalid(field, $"{to} does not lie after {from}.");
        }
    }

    private IndexDatabase Open()
    {
        if (Index.IsRebuilding)
        {
            throw ApiError.Unavailable(
                $"The history index is being built: {Index.IndexedHeight} of {chain.Head.Height} blocks.");
        }

        return Index.Database
            ?? throw ApiError.Unavailable("The history index is not open; the node's log says why.");
    }
}
