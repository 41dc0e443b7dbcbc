using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Dashboard.Tests;

/// <summary>Its market: rows that the test adds, found and paged as a node does it.</summary>
internal sealed partial class FakeNode : IChainEvents
{
    private HistoryQuery? _query;
    private Array _rows = Array.Empty<object>();

    public List<TradeInfo> Trades { get; } = [];

    public List<ReadingInfo> Readings { get; } = [];

    public List<OrderInfo> Orders { get; } = [];

    public List<EventInfo> Events { get; } = [];

    /// <summary>Records that lists leave out.</summary>
    public List<ErasedInfo> Erased { get; } = [];

    public NodeClientException? EventsFailure { get; set; }

    /// <summary>Called at every page of a list.</summary>
    public Action? OnList { get; set; }

    /// <summary>Rows that lists gave away.</summary>
    public int RowsGiven { get; private set; }

    public List<Transaction> Submitted { get; } = [];

    public TransactionRefusal Refusal { get; set; }

    /// <summary>Answers calls of contracts; without it there are none.</summary>
    public Func<CallMessage, CallResult> OnCall { get; set; } =
        static _ => new CallResult(false, default, new Gas(1), "no such contract");

    public Func<Hash32, TransactionInfo>? Outcome { get; set; }

    /// <summary>Calls are answered when it ends.</summary>
    public Task CallsMayEnd { get; set; } = Task.CompletedTask;

    public async Task<CallResult> CallAsync(CallMessage message, CancellationToken cancellationToken)
    {
        await CallsMayEnd;
        return await Answer(OnCall(message));
    }

    public Task<SubmitResult> SubmitAsync(Transaction transaction, CancellationToken cancellationToken)
    {
        Submitted.Add(transaction);
        return Answer(new SubmitResult(
            transaction.Id, Refusal, Refusal == TransactionRefusal.None ? "" : "The pool <b>is</b> full."));
    }

    public Task<AccountInfo> GetAccountAsync(Address address, CancellationToken cancellationToken) =>
        Answer(new AccountInfo(address, 0, 0, UInt256.One, 0, true, new Height(Height)));

    public Task<TransactionInfo> WaitForTransactionAsync(
        Hash32 id, TimeSpan timeout, CancellationToken cancellationToken) =>
        Outcome is { } outcome ? Answer(outcome(id)) : None<TransactionInfo>();

    public Task<PageOf<OrderInfo>> ListOrdersAsync(HistoryQuery query, CancellationToken cancellationToken) => Page(
        Orders.OrderByDescending(order => order.PlacedTime.UnixMs),
        query,
        order => (query.Site is null || order.Site == query.Site)
            && (query.Slot is null || order.Slot == query.Slot)
            && (!query.OpenOnly || order.State == OrderState.Open));

    public Task<PageOf<TradeInfo>> ListTradesAsync(HistoryQuery query, CancellationToken cancellationToken) => Page(
        Trades.OrderByDescending(trade => trade.Time.UnixMs),
        query,
        trade => (query.Site is null || trade.SellerSite == query.Site || trade.BuyerSite == query.Site)
            && (query.Slot is null || trade.Slot == query.Slot)
            && IsWithin(trade.Time, query));

    public Task<PageOf<ReadingInfo>> ListReadingsAsync(HistoryQuery query, CancellationToken cancellationToken) => Page(
        Readings.OrderByDescending(reading => reading.Time.UnixMs),
        query,
        reading => (query.Site is null || reading.Site == query.Site)
            && reading.Slot >= query.FromSlot
            && (query.ToSlot == 0 || reading.Slot < query.ToSlot)
            && IsWithin(reading.Time, query));

    public Task<PageOf<EventInfo>> ListEventsAsync(EventQuery query, CancellationToken cancellationToken)
    {
        EventInfo[] rows = [.. Events
            .OrderByDescending(row => row.Height)
            .Where(row => query.Contract is null || row.Log.Contract == query.Contract)
            .Where(row => query.Site is null || row.Site == query.Site)
            .Where(row => query.Name.Length == 0 || row.Log.Name == query.Name)
            .Where(row => row.Height.Value >= query.FromHeight)
            .Where(row => query.ToHeight == 0 || row.Height.Value <= query.ToHeight)];
        if (EventsFailure is { } failure)
        {
            return Task.FromException<PageOf<EventInfo>>(failure);
        }

        return Paged(rows, query.PageToken, query.PageSize);
    }

    public IAsyncEnumerable<EventInfo> StreamEventsAsync(Height? from, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<EventInfo>();

    public Task<IndexInfo> GetIndexAsync(CancellationToken cancellationToken) => None<IndexInfo>();

    private static bool IsWithin(BlockTime time, HistoryQuery query) =>
        time.UnixMs >= query.FromTimeMs && (query.ToTimeMs == 0 || time.UnixMs < query.ToTimeMs);

    // Pages after the first are of the rows that the first was of: sorting a large list for each takes too long.
    private Task<PageOf<T>> Page<T>(IEnumerable<T> rows, HistoryQuery query, Func<T, bool> isWanted)
    {
        HistoryQuery list = query with { PageToken = "" };
        if (query.PageToken.Length == 0 || !(_rows is T[] && list == _query))
        {
            (_query, _rows) = (list, rows.Where(isWanted).ToArray());
        }

        return Paged((T[])_rows, query.PageToken, query.PageSize);
    }

    private Task<PageOf<T>> Paged<T>(T[] rows, string token, uint size)
    {
        int from = token.Length == 0 ? 0 : int.Parse(token, System.Globalization.CultureInfo.InvariantCulture);
        OnList?.Invoke();
        T[] page = [.. rows.Skip(from).Take((int)size)];
        RowsGiven += page.Length;
        int next = from + page.Length;
        return Answer(new PageOf<T>(
            page, next < rows.Length ? next.ToString(System.Globalization.CultureInfo.InvariantCulture) : "")
        {
            Erased = [.. Erased],
        });
    }
}
