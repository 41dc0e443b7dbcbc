using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Events;
using EnergyChain.Core.Numerics;
using EnergyChain.Market;

namespace EnergyChain.Dashboard.History;

/// <summary>
/// What the market's operator published of tariffs, read once and kept: each asking reads what is new and, for older
/// slots, further back. Thread-safe.
/// </summary>
/// <param name="maxTariffs">Slots whose tariffs are kept.</param>
internal sealed class TariffBook(int maxTariffs)
{
    /// <summary>
    /// Slots whose tariffs are kept: nearly a year of minutes. What is older is said not to be known.
    /// </summary>
    public const int MaxTariffs = 500_000;

    private const uint PageSize = 500;

    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<ulong, Tariff> _tariffs = [];
    private ulong _fromHeight;
    private ulong _readBackToMs = ulong.MaxValue;
    private string _olderToken = "";

    public TariffBook()
        : this(MaxTariffs)
    {
    }

    public async Task<SlotTariffs> ReadAsync(
        INodeClient node, HistoryKey key, CancellationToken cancellationToken)
    {
        if (node is not IChainEvents events)
        {
            throw new NodeClientException(NodeClientError.NotKept, "This node gives no events.");
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            await ReadNewAsync(events, cancellationToken);
            await ReadBackAsync(events, key.TradingBeginsMs, cancellationToken);
            IReadOnlyDictionary<ulong, Tariff> within = key.Span.Count < (ulong)_tariffs.Count
                ? Within(key.Span)
                : _tariffs.Where(tariff => key.Span.Contains(tariff.Key)).ToDictionary();
            return new SlotTariffs(within, FirstKnown(key));
        }
        finally
        {
            _one.Release();
        }
    }

    // What was published before the oldest event that was read can be for any slot that was open then.
    private ulong FirstKnown(HistoryKey key) => _olderToken.Length == 0 || _readBackToMs <= key.TradingBeginsMs
        ? key.Span.From
        : Math.Min(key.Span.To, (_readBackToMs / 1_000 / key.SlotSeconds) + 1 + MarketLimits.MaxSlotsAhead);

    private async Task ReadNewAsync(IChainEvents events, CancellationToken cancellationToken)
    {
        if (_fromHeight == 0)
        {
            // The first page is the newest; what is older comes as it is needed.
            PageOf<EventInfo> first = await events.ListEventsAsync(Query(), cancellationToken);
            Take(first, isNewer: false);
            _olderToken = first.NextPageToken;
            return;
        }

        List<PageOf<EventInfo>> pages = [];
        EventQuery query = Query() with { FromHeight = _fromHeight };
        do
        {
            PageOf<EventInfo> page = await events.ListEventsAsync(query, cancellationToken);
            pages.Add(page);
            query = query with { PageToken = page.NextPageToken };
        }
        while (query.PageToken.Length > 0);

        // Oldest first, so that of two tariffs of a slot the later stays.
        foreach (PageOf<EventInfo> page in pages.AsEnumerable().Reverse())
        {
            Take(new PageOf<EventInfo>([.. page.Rows.Reverse()], ""), isNewer: true);
        }
    }

    private async Task ReadBackAsync(IChainEvents events, ulong toMs, CancellationToken cancellationToken)
    {
        while (_olderToken.Length > 0 && _readBackToMs > toMs && _tariffs.Count < maxTariffs)
        {
            PageOf<EventInfo> page = await events.ListEventsAsync(
                Query() with { PageToken = _olderToken }, cancellationToken);
            Take(page, isNewer: false);
            _olderToken = page.NextPageToken;
        }
    }

    private void Take(PageOf<EventInfo> page, bool isNewer)
    {
        foreach (EventInfo row in page.Rows)
        {
            _fromHeight = Math.Max(_fromHeight, row.Height.Value + 1);
            _readBackToMs = Math.Min(_readBackToMs, row.Time.UnixMs);
            if (!EnergyMarketContract.TryDecodeEvent(row.Log.Topics, row.Log.Data.Span, out MarketEvent? happening)
                || happening is not MarketEvent.TariffPublished published)
            {
                continue;
            }

            Tariff tariff = new(Price(published.RetailPerKwh), Price(published.FeedInPerKwh));
            if (isNewer)
            {
                _tariffs[published.Slot] = tariff;
            }
            else
            {
                _tariffs.TryAdd(published.Slot, tariff);
            }
        }
    }

    private Dictionary<ulong, Tariff> Within(SlotSpan span)
    {
        Dictionary<ulong, Tariff> within = [];
        for (ulong slot = span.From; slot < span.To; slot++)
        {
            if (_tariffs.TryGetValue(slot, out Tariff tariff))
            {
                within.Add(slot, tariff);
            }
        }

        return within;
    }

    private static EventQuery Query() => new()
    {
        Contract = EnergyMarketContract.Address,
        Name = nameof(MarketEvent.TariffPublished),
        PageSize = PageSize,
    };

    // The contract takes none above the bound of prices.
    private static PricePerKwh Price(UInt256 basePerKwh) => new((UInt128)basePerKwh.ToBigInteger());
}
