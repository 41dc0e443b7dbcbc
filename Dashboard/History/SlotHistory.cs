using System.Numerics;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Events;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Dashboard.History;

/// <summary>
/// Meter records, trades and rewards of a span of slots, of one site or of all. Each reading asks the node only for
/// what is new since the one before and for trades that were not settled. Not thread-safe; <see cref="SlotHistories"/>
/// lets one in at a time.
/// </summary>
/// <param name="key">Which slots of whom.</param>
internal sealed class SlotHistory(HistoryKey key)
{
    /// <summary>Rows of a kind that the first reading takes; older ones are left out and said to be.</summary>
    public const int MaxRows = 60_000;

    /// <summary>How long after the span the node is asked for late records and clearings.</summary>
    public static readonly TimeSpan Afterwards = TimeSpan.FromDays(31);

    private const uint PageSize = 500;

    private readonly Dictionary<(ulong Slot, uint Site), MeteredSlot> _metered = [];
    private readonly Dictionary<ulong, TradeInfo> _trades = [];
    private readonly Dictionary<ulong, BigInteger> _rewards = [];
    private readonly Dictionary<Hash32, ErasedInfo> _erased = [];
    private ulong _recordsFromMs;
    private ulong _tradesFromMs;
    private (ulong From, ulong To)? _rewardHeights;

    public HistoryKey Key => key;

    public IReadOnlyDictionary<(ulong Slot, uint Site), MeteredSlot> Metered => _metered;

    /// <summary>By id.</summary>
    public IReadOnlyDictionary<ulong, TradeInfo> Trades => _trades;

    /// <summary>Coin for production by slot; of one site only.</summary>
    public IReadOnlyDictionary<ulong, BigInteger> Rewards => _rewards;

    /// <summary>The first slot that is complete: that of the span, or later where there were too many rows.</summary>
    public ulong FirstSlot { get; private set; } = key.Span.From;

    public bool IsWhole => FirstSlot == key.Span.From;

    /// <summary>Meter records of the span that the council had erased: their slots lack them.</summary>
    public int Erased => _erased.Count;

    /// <summary>What it holds, for bounds of memory.</summary>
    public int Rows => _metered.Count + _trades.Count + _rewards.Count + _erased.Count;

    public async Task RefreshAsync(INodeClient node, CancellationToken cancellationToken)
    {
        Task<Answer<ReadingInfo>> records = AllAsync(node.ListReadingsAsync, RecordsQuery(), cancellationToken);
        Task<Answer<TradeInfo>> trades = AllAsync(node.ListTradesAsync, TradesQuery(), cancellationToken);
        await Task.WhenAll(records, trades);
        TakeRecords(await records);
        TakeTrades(await trades);
        if (key.Site is { } site && node is IChainEvents events)
        {
            await ReadRewardsAsync(events, site, cancellationToken);
        }
    }

    private HistoryQuery RecordsQuery() => new()
    {
        Site = key.Site,
        FromSlot = key.Span.From,
        ToSlot = key.Span.To,
        FromTimeMs = _recordsFromMs,
        ToTimeMs = key.EndMs,
        PageSize = PageSize,
    };

    private HistoryQuery TradesQuery() => new()
    {
        Site = key.Site,
        FromTimeMs = Math.Max(_tradesFromMs, key.TradingBeginsMs),
        ToTimeMs = key.EndMs,
        PageSize = PageSize,
    };

    private void TakeRecords(Answer<ReadingInfo> answer)
    {
        foreach (ReadingInfo row in answer.Rows.Where(row => IsWanted(row.Slot)))
        {
            (ulong, uint) place = (row.Slot, row.Site);
            _metered[place] = _metered.GetValueOrDefault(place).With(row);
            _recordsFromMs = Math.Max(_recordsFromMs, row.Time.UnixMs + 1);
            _rewardHeights = (
                Math.Min(_rewardHeights?.From ?? ulong.MaxValue, row.Height.Value),
                Math.Max(_rewardHeights?.To ?? 0, row.Height.Value));
        }

        foreach (ErasedInfo erased in answer.Erased)
        {
            _erased[erased.TransactionId] = erased;
        }

        if (!answer.IsAll)
        {
            // The node pages by time, and a late record is of an old slot: whole are slots that began after the oldest.
            LeaveOut(SlotAt(answer.Rows[^1].Time) + 1);
        }
    }

    private void TakeTrades(Answer<TradeInfo> answer)
    {
        foreach (TradeInfo row in answer.Rows.Where(row => IsWanted(row.Slot)))
        {
            _trades[row.Id] = row;
        }

        if (!answer.IsAll)
        {
            LeaveOut(SlotAt(answer.Rows[^1].Time) + 1 + MarketLimits.MaxSlotsAhead);
        }

        // A trade is known for good once it is settled; what is not is asked for again.
        ulong newest = answer.Rows.Count == 0 ? 0 : answer.Rows.Max(row => row.Time.UnixMs) + 1;
        ulong oldestOpen = _trades.Values
            .Where(trade => trade.Settlement is null)
            .Select(trade => trade.Time.UnixMs)
            .DefaultIfEmpty(ulong.MaxValue)
            .Min();
        _tradesFromMs = Math.Min(Math.Max(_tradesFromMs, newest), oldestOpen);
    }

    private async Task ReadRewardsAsync(IChainEvents events, uint site, CancellationToken cancellationToken)
    {
        // A record is rewarded by the transaction that brings it.
        if (_rewardHeights is not { } heights)
        {
            return;
        }

        EventQuery query = new()
        {
            Contract = MeterRegistryContract.Address,
            Site = site,
            Name = nameof(RegistryEvent.RewardPaid),
            FromHeight = heights.From,
            ToHeight = heights.To,
            PageSize = PageSize,
        };
        List<EventInfo> rows = [];
        do
        {
            PageOf<EventInfo> page = await events.ListEventsAsync(query, cancellationToken);
            rows.AddRange(page.Rows);
            query = query with { PageToken = page.NextPageToken };
        }
        while (query.PageToken.Length > 0 && rows.Count < 2 * MaxRows);
        if (query.PageToken.Length > 0)
        {
            LeaveOut(SlotAt(rows[^1].Time) + 1);
        }

        _rewardHeights = null;
        foreach (EventInfo row in rows)
        {
            if (MeterRegistryContract.TryDecodeEvent(row.Log.Topics, row.Log.Data.Span, out RegistryEvent? happening)
                && happening is RegistryEvent.RewardPaid paid
                && key.Span.Contains(paid.Slot))
            {
                _rewards[paid.Slot] = _rewards.GetValueOrDefault(paid.Slot) + paid.Amount.ToBigInteger();
            }
        }
    }

    private bool IsWanted(ulong slot) => slot >= FirstSlot && slot < key.Span.To;

    private ulong SlotAt(BlockTime time) => time.UnixMs / 1_000 / key.SlotSeconds;

    private void LeaveOut(ulong firstWhole)
    {
        FirstSlot = Math.Max(FirstSlot, Math.Min(firstWhole, key.Span.To));
        foreach ((ulong Slot, uint Site) left in _metered.Keys.Where(place => place.Slot < FirstSlot).ToArray())
        {
            _metered.Remove(left);
        }

        foreach (TradeInfo left in _trades.Values.Where(trade => trade.Slot < FirstSlot).ToArray())
        {
            _trades.Remove(left.Id);
        }
    }

    private static async Task<Answer<T>> AllAsync<T>(
        Func<HistoryQuery, CancellationToken, Task<PageOf<T>>> list, HistoryQuery query, CancellationToken cancellation)
    {
        List<T> rows = [];
        List<ErasedInfo> erased = [];
        while (rows.Count < MaxRows)
        {
            PageOf<T> page = await list(query, cancellation);
            rows.AddRange(page.Rows);
            erased.AddRange(page.Erased);
            if (page.NextPageToken.Length == 0)
            {
                return new Answer<T>(rows, erased, true);
            }

            query = query with { PageToken = page.NextPageToken };
        }

        return new Answer<T>(rows, erased, false);
    }

    // Newest first.
    private sealed record Answer<T>(List<T> Rows, List<ErasedInfo> Erased, bool IsAll);
}
