using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Index;
using EnergyChain.Node.Index.Parts;
using Grpc.Core;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>energychain.v1.HistoryService: reads the history index.</summary>
internal sealed class HistoryRpc(IChain chain, IServiceProvider services) : Proto.HistoryService.HistoryServiceBase
{
    private readonly HistoryIndex? _index = services.GetService<HistoryIndex>();

    private string SinceWhen => Index.FirstHeight > Height.Genesis.Next
        ? $" since block {Index.FirstHeight}, with which the history of this node begins"
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
            FirstHeight = Index.FirstHeight.Value,
            LagBlocks = Math.Max(chain.Head.Height.Value, Index.IndexedHeight.Value) - Index.IndexedHeight.Value,
            Files = (uint)(Index.Store?.Files ?? 0),
        });

    public override Task<Proto.ListTransactionsResponse> ListTransactions(
        Proto.ListTransactionsRequest request, ServerCallContext context)
    {
        IndexKey? list = request.Account.Length == 0
            ? null
            : AccountKey(IndexList.TransactionsByAccount, "account", request.Account);
        ErasedRecords erased = new(chain.Erasures);
        IndexReader reader = Open();
        RequireOrder("to_time_ms", request.FromTimeMs, request.ToTimeMs);
        Page<Proto.TransactionSummary> page = Guarded(() => HistoryPages.Of(
            Down(reader, list, IndexRows.Transactions),
            Ceiling(reader, IndexRows.Transactions, request.ToTimeMs),
            request.PageToken,
            request.PageSize,
            new HistoryMessages(reader).Transaction,
            row => row.TimeMs < request.FromTimeMs ? RowVerdict.Stop : Verdict(!erased.LeavesOut(row.Id))));
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
        IndexReader reader = Open();
        Page<Proto.Event> page = Guarded(() => HistoryPages.Of(
            Down(reader, query.List, IndexRows.Events),
            query.Ceiling,
            request.PageToken,
            request.PageSize,
            new HistoryMessages(reader).Event,
            row => query.Judge(row) switch
            {
                RowVerdict.Take when erased.LeavesOut(row.Log.TransactionId) => RowVerdict.Skip,
                RowVerdict verdict => verdict,
            }));
        Proto.ListEventsResponse response = new() { NextPageToken = page.NextPageToken };
        erased.NameIn(response.Erased);
        response.Events.AddRange(page.Rows);
        return Task.FromResult(response);
    }

    public override Task<Proto.ListOrdersResponse> ListOrders(
        Proto.ListOrdersRequest request, ServerCallContext context)
    {
        string account = Canonical("account", request.Account);
        IndexKey list = request switch
        {
            { HasId: true } => IndexKey.Of(IndexList.OfOrder, request.Id),
            { HasSite: true } => IndexKey.Of(IndexList.OrdersBySite, request.Site),
            { HasSlot: true } => IndexKey.Of(IndexList.OrdersBySlot, request.Slot),
            { Account.Length: > 0 } => AccountKey(IndexList.OrdersByAccount, "account", request.Account),
            _ => IndexKey.Of(IndexList.Orders),
        };
        ErasedRecords erased = new(chain.Erasures);
        IndexReader reader = Open();
        Page<Proto.Order> page = Guarded(() => HistoryPages.Of(
            Down(reader, list, IndexRows.Events),
            IndexPosition.Last,
            request.PageToken,
            request.PageSize,
            new MarketHistory(reader).Order,
            order => Verdict(
                (!request.HasId || order.Id == request.Id)
                && (!request.HasSite || order.Site == request.Site)
                && (!request.HasSlot || order.Slot == request.Slot)
                && (account.Length == 0 || order.Account == account)
                && (!request.OpenOnly || order.State == Proto.OrderState.Open)
                && !erased.LeavesOut(order.TransactionId))));
        Proto.ListOrdersResponse response = new() { NextPageToken = page.NextPageToken };
        erased.NameIn(response.Erased);
        response.Orders.AddRange(page.Rows);
        return Task.FromResult(response);
    }

    public override Task<Proto.ListTradesResponse> ListTrades(
        Proto.ListTradesRequest request, ServerCallContext context)
    {
        string account = Canonical("account", request.Account);
        IndexKey list = request switch
        {
            { HasId: true } => IndexKey.Of(IndexList.OfTrade, request.Id),
            { HasSite: true } => IndexKey.Of(IndexList.TradesBySite, request.Site),
            { HasSlot: true } => IndexKey.Of(IndexList.TradesBySlot, request.Slot),
            { Account.Length: > 0 } => AccountKey(IndexList.TradesByAccount, "account", request.Account),
            _ => IndexKey.Of(IndexList.Trades),
        };
        RequireOrder("to_time_ms", request.FromTimeMs, request.ToTimeMs);
        ErasedRecords erased = new(chain.Erasures);
        IndexReader reader = Open();
        Page<Proto.Trade> page = Guarded(() => HistoryPages.Of(
            Down(reader, list, IndexRows.Events),
            Ceiling(reader, IndexRows.Events, request.ToTimeMs),
            request.PageToken,
            request.PageSize,
            new MarketHistory(reader).Trade,
            trade => trade.TimeMs < request.FromTimeMs
                ? RowVerdict.Stop
                : Verdict(
                    (!request.HasId || trade.Id == request.Id)
                    && (!request.HasSite || trade.SellerSite == request.Site || trade.BuyerSite == request.Site)
                    && (!request.HasSlot || trade.Slot == request.Slot)
                    && (account.Length == 0 || trade.Seller == account || trade.Buyer == account)
                    && !erased.LeavesOut(trade.TransactionId))));
        Proto.ListTradesResponse response = new() { NextPageToken = page.NextPageToken };
        erased.NameIn(response.Erased);
        response.Trades.AddRange(page.Rows);
        return Task.FromResult(response);
    }

    public override Task<Proto.ListReadingsResponse> ListReadings(
        Proto.ListReadingsRequest request, ServerCallContext context)
    {
        string device = Canonical("device", request.Device);
        IndexKey list = request switch
        {
            { HasSlot: true } => IndexKey.Of(IndexList.ReadingsBySlot, request.Slot),
            { Device.Length: > 0 } => AccountKey(IndexList.ReadingsByDevice, "device", request.Device),
            { HasSite: true } => IndexKey.Of(IndexList.ReadingsBySite, request.Site),
            _ => IndexKey.Of(IndexList.Readings),
        };
        RequireOrder("to_slot", request.FromSlot, request.ToSlot);
        RequireOrder("to_time_ms", request.FromTimeMs, request.ToTimeMs);
        ulong fromMs = Math.Max(
            request.FromTimeMs, request.FromSlot == 0 ? 0 : SlotTimes.FirstRecordMs(chain, request.FromSlot));
        ErasedRecords erased = new(chain.Erasures);
        IndexReader reader = Open();
        Page<Proto.Reading> page = Guarded(() => HistoryPages.Of(
            Down(reader, list, IndexRows.Events),
            Ceiling(reader, IndexRows.Events, request.ToTimeMs),
            request.PageToken,
            request.PageSize,
            new MarketHistory(reader).Reading,
            reading => reading.TimeMs < fromMs
                ? RowVerdict.Stop
                : Verdict(
                    (!request.HasSite || reading.Site == request.Site)
                    && (device.Length == 0 || reading.Device == device)
                    && reading.Slot >= request.FromSlot
                    && (request.ToSlot == 0 || reading.Slot < request.ToSlot)
                    && !erased.LeavesOut(reading.TransactionId))));
        Proto.ListReadingsResponse response = new() { NextPageToken = page.NextPageToken };
        erased.NameIn(response.Erased);
        response.Readings.AddRange(page.Rows);
        return Task.FromResult(response);
    }

    public override Task<Proto.Slot> GetSlot(Proto.GetSlotRequest request, ServerCallContext context)
    {
        IndexReader reader = Open();
        Proto.Slot slot = Guarded(() => new MarketHistory(reader).Slot(request.Slot))
            ?? throw ApiError.NotFound($"Nothing happened in the market for slot {request.Slot}{SinceWhen}.");
        ErasedRecords erased = new(chain.Erasures);
        Proto.Trade[] kept = [.. slot.Trades.Where(trade => !erased.LeavesOut(trade.TransactionId))];
        slot.Trades.Clear();
        slot.Trades.AddRange(kept);
        erased.NameIn(slot.Erased);
        return Task.FromResult(slot);
    }

    public override Task<Proto.Event> GetEvent(Proto.GetEventRequest request, ServerCallContext context)
    {
        Hash32 id = RequestFields.Hash("transaction_id", request.TransactionId);
        ErasedRecords.Refuse(chain, id);
        IndexReader reader = Open();
        bool found = chain.TryFindTransaction(id, out TransactionLocation at) && request.LogIndex <= ushort.MaxValue;
        Proto.Event? happening = found
            ? Guarded(() => new HistoryMessages(reader).Event(
                IndexPosition.Of(at.Height, at.Index, (int)request.LogIndex)))
            : null;
        return Task.FromResult(happening ?? throw ApiError.NotFound(
            $"There is no event {request.LogIndex} of transaction {request.TransactionId}{SinceWhen}."));
    }

    private static RowVerdict Verdict(bool wanted) => wanted ? RowVerdict.Take : RowVerdict.Skip;

    private static IndexKey AccountKey(IndexList list, string field, string text) =>
        IndexKey.Of(list, RequestFields.Address(field, text));

    private static Func<ulong, IEnumerable<ulong>> Down(IndexReader reader, IndexKey? list, IndexRows table) =>
        from => list is { } key ? reader.Down(key, from) : reader.Down(table, from);

    private static ulong Ceiling(IndexReader reader, IndexRows table, ulong toTimeMs) =>
        toTimeMs == 0 ? IndexPosition.Last : reader.PositionAt(table, toTimeMs);

    // The part is taken out and built anew; until then an answer would have a hole.
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IndexDamageException or PartGoneException)
        {
            throw ApiError.Unavailable("A part of the history index is damaged and is being built anew.");
        }
    }

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

    private IndexReader Open()
    {
        // The reader first: it ends at damage that is found after it was made, IsRebuilding tells of any before.
        IndexReader? reader = Index.Store is { } store ? new IndexReader(store) : null;
        if (Index.IsRebuilding)
        {
            throw ApiError.Unavailable(
                $"The history index is being built: {Index.IndexedHeight} of {chain.Head.Height} blocks.");
        }

        return reader ?? throw ApiError.Unavailable("The history index is not open; the node's log says why.");
    }
}
