using System.Numerics;
using EnergyChain.Client.Model;
using EnergyChain.Dashboard.Billing;
using EnergyChain.Dashboard.History;
using EnergyChain.Dashboard.Trading;
using EnergyChain.Market;
using EnergyChain.Market.Accounting;

namespace EnergyChain.Dashboard.Community;

/// <summary>
/// All sites over a stretch of slots. Shares are of slots whose records are there and whose trades are settled. Sites
/// are numbers: no names, no accounts.
/// </summary>
public sealed record CommunityFigures
{
    /// <summary>By number.</summary>
    public required IReadOnlyList<CommunitySite> Sites { get; init; }

    public required BillSums Totals { get; init; }

    /// <summary>Part of the demand that neither was bought from the retailer.</summary>
    public required PartsPerMillion SelfSufficiency { get; init; }

    /// <summary>Part of the production that was not sold to the retailer.</summary>
    public required PartsPerMillion SelfConsumption { get; init; }

    /// <summary>Of what was fed in, what neighbours got.</summary>
    public required PartsPerMillion TradedShare { get; init; }

    /// <summary>Of what was sold, what was delivered.</summary>
    public required PartsPerMillion DeliveredShare { get; init; }

    /// <summary>Standard deviation over mean of the auctions' prices.</summary>
    public required PartsPerMillion PriceVolatility { get; init; }

    /// <summary>Herfindahl-Hirschman index of what sellers delivered; a monopoly is a whole.</summary>
    public required PartsPerMillion SellerConcentration { get; init; }

    /// <summary>The same of what buyers received.</summary>
    public required PartsPerMillion BuyerConcentration { get; init; }

    /// <summary>Who supplied whom, the most first.</summary>
    public required IReadOnlyList<Supply> Supplies { get; init; }

    public required int Trades { get; init; }

    /// <summary>The first slot that is complete.</summary>
    public required ulong FirstSlot { get; init; }

    public required bool IsWhole { get; init; }

    internal static CommunityFigures Of(SlotHistory history, SlotTariffs tariffs)
    {
        ulong first = Math.Max(history.FirstSlot, tariffs.FirstSlot);
        ILookup<uint, KeyValuePair<(ulong Slot, uint Site), MeteredSlot>> metered =
            history.Metered.Where(slot => slot.Key.Slot >= first).ToLookup(slot => slot.Key.Site);
        TradeInfo[] made = [.. history.Trades.Values.Where(trade => trade.Slot >= first)];
        ILookup<uint, TradeInfo> trades = made
            .SelectMany(trade => new[] { trade.SellerSite, trade.BuyerSite }.Distinct().Select(site => (site, trade)))
            .ToLookup(pair => pair.site, pair => pair.trade);
        Dictionary<ulong, BigInteger> noRewards = [];
        (uint Site, IReadOnlyList<BillLine> Lines)[] bills =
        [
            .. metered.Select(site => site.Key).Union(trades.Select(site => site.Key)).Order().Select(site => (
                site,
                BillBuilder.Lines(
                    site,
                    metered[site].ToDictionary(slot => slot.Key.Slot, slot => slot.Value),
                    trades[site],
                    tariffs.BySlot,
                    noRewards))),
        ];
        SiteSlot[] counted =
        [
            .. bills
                .SelectMany(bill => bill.Lines)
                .Where(line => line.State == BillLineState.Counted)
                .Select(line => line.Energy),
        ];
        TradeInfo[] settled = [.. made.Where(trade => trade.Settlement is { DeliveredWh: > 0 })];
        CommunitySite[] sites = [.. bills.Select(bill => new CommunitySite(bill.Site, BillSums.Of(bill.Lines)))];
        return new CommunityFigures
        {
            Sites = sites,
            Totals = sites.Aggregate(BillSums.Nothing, static (sums, site) => sums + site.Sums),
            SelfSufficiency = KeyFigures.CommunitySelfSufficiency(counted),
            SelfConsumption = KeyFigures.CommunitySelfConsumption(counted),
            TradedShare = PartsPerMillion.Of(
                Sum(counted, energy => energy.Delivered), Sum(counted, energy => energy.Export)),
            DeliveredShare = KeyFigures.DeliveredShare(counted),
            PriceVolatility = KeyFigures.Volatility(Prices(made)),
            SellerConcentration = Concentration(settled, trade => trade.SellerSite),
            BuyerConcentration = Concentration(settled, trade => trade.BuyerSite),
            Supplies = Supply(settled),
            Trades = made.Length,
            FirstSlot = first,
            IsWhole = first == history.Key.Span.From,
        };
    }

    private static IReadOnlyList<Supply> Supply(IEnumerable<TradeInfo> settled) =>
    [
        .. settled
            .GroupBy(trade => (trade.SellerSite, trade.BuyerSite))
            .Select(pair => new Supply(pair.Key.SellerSite, pair.Key.BuyerSite, Delivered(pair)))
            .OrderByDescending(supply => supply.DeliveredWh)
            .ThenBy(supply => supply.Seller)
            .ThenBy(supply => supply.Buyer),
    ];

    private static PartsPerMillion Concentration(IEnumerable<TradeInfo> settled, Func<TradeInfo, uint> side) =>
        KeyFigures.Concentration(
        [
            .. settled
                .GroupBy(side)
                .Select(site => new WattHours((ulong)BigInteger.Min(ulong.MaxValue, Delivered(site)))),
        ]);

    // One price a slot: all trades of an auction have the same.
    private static PricePerKwh[] Prices(IEnumerable<TradeInfo> trades) =>
    [
        .. trades
            .Where(trade => !trade.IsDirect)
            .DistinctBy(trade => trade.Slot)
            .Select(trade => BookDepth.Price(trade.PricePerKwh)),
    ];

    private static BigInteger Delivered(IEnumerable<TradeInfo> trades) =>
        trades.Aggregate(BigInteger.Zero, static (sum, trade) => sum + trade.Settlement!.DeliveredWh);

    private static BigInteger Sum(IEnumerable<SiteSlot> slots, Func<SiteSlot, WattHours> energy) =>
        slots.Aggregate(BigInteger.Zero, (sum, slot) => sum + energy(slot).Value);
}
