using System.Globalization;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>
/// The newest day of a grown chain with records, as the node's API has it. A slot is in a bill where the site's record
/// is there and its trades are settled.
/// </summary>
internal sealed record Past(string Day, IReadOnlyList<ReadingInfo> Readings, IReadOnlyList<TradeInfo> Trades)
{
    /// <summary>Settled trades, newest first.</summary>
    public IReadOnlyList<TradeInfo> Settled => [.. Trades.Where(static trade => trade.Settlement is not null)];

    /// <summary>Load, production and delivered energy of all sites, as the community page shows them.</summary>
    public string Totals => string.Join(
        ' ',
        new[] { GrownChain.Seller, GrownChain.Buyer }
            .Select(Energy)
            .Select(static text => text.Split(' ').Select(long.Parse).ToArray())
            .Aggregate(new long[3], static (sum, site) => [sum[0] + site[0], sum[1] + site[1], sum[2] + site[5]]));

    public static async Task<Past> ReadAsync(NodeClient node)
    {
        HistoryQuery query = new() { PageSize = 500 };
        List<ReadingInfo> readings = [];
        List<TradeInfo> trades = [];
        string token = "";
        do
        {
            PageOf<ReadingInfo> page =
                await node.ListReadingsAsync(query with { PageToken = token }, CancellationToken.None);
            readings.AddRange(page.Rows);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        do
        {
            PageOf<TradeInfo> page =
                await node.ListTradesAsync(query with { PageToken = token }, CancellationToken.None);
            trades.AddRange(page.Rows);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        string day = DayOf(readings[0].Slot);
        return new Past(
            day,
            [.. readings.Where(reading => DayOf(reading.Slot) == day)],
            [.. trades.Where(trade => DayOf(trade.Slot) == day)]);
    }

    /// <summary>The day in which a slot begins, by UTC.</summary>
    public static string DayOf(ulong slot) => DateTimeOffset.FromUnixTimeSeconds((long)slot * GrownChain.SlotSeconds)
        .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Values of so many amounts of a page, in its order.</summary>
    public static async Task<object?> ValuesAsync(IPage page, string selector, int skip, int take)
    {
        string[] values = await page.Locator(selector)
            .EvaluateAllAsync<string[]>("all => all.map(each => each.value)");
        return string.Join(' ', values.Skip(skip).Take(take));
    }

    /// <summary>Slots of a site that are in its bill, oldest first.</summary>
    public IEnumerable<string> CountedSlots(uint site) =>
        Counted(site).Select(static reading => reading.Slot).Order().Select(static slot => $"{slot}");

    /// <summary>
    /// Load, production, import, export, received and delivered energy of a site, in Wh: what was metered, in a bill
    /// yet or not.
    /// </summary>
    public string Energy(uint site)
    {
        ReadingInfo[] metered = [.. Readings.Where(reading => reading.Site == site)];
        long Sum(Func<ReadingInfo, ulong> field) => metered.Sum(reading => (long)field(reading));
        return string.Join(
            ' ',
            Sum(static reading => reading.ConsumedWh),
            Sum(static reading => reading.ProducedWh),
            Sum(static reading => reading.ImportedWh),
            Sum(static reading => reading.ExportedWh),
            Sum(reading => Delivered(reading.Slot, trade => trade.BuyerSite == site)),
            Sum(reading => Delivered(reading.Slot, trade => trade.SellerSite == site)));
    }

    /// <summary>Columns of a slot in the file of a site's bill.</summary>
    public IReadOnlyDictionary<string, string> Row(uint site, string slot)
    {
        ReadingInfo reading = Counted(site).Single(each => $"{each.Slot}" == slot);
        return new Dictionary<string, string>
        {
            ["load_wh"] = $"{reading.ConsumedWh}",
            ["production_wh"] = $"{reading.ProducedWh}",
            ["import_wh"] = $"{reading.ImportedWh}",
            ["export_wh"] = $"{reading.ExportedWh}",
            ["delivered_wh"] = $"{Delivered(reading.Slot, trade => trade.SellerSite == site)}",
            ["received_wh"] = $"{Delivered(reading.Slot, trade => trade.BuyerSite == site)}",
        };
    }

    private IEnumerable<ReadingInfo> Counted(uint site) => Readings.Where(reading => reading.Site == site
        && Trades.All(trade => trade.Slot != reading.Slot || trade.Settlement is not null));

    private ulong Delivered(ulong slot, Func<TradeInfo, bool> which) => Settled
        .Where(trade => trade.Slot == slot && which(trade))
        .Aggregate(0UL, static (sum, trade) => sum + trade.Settlement!.DeliveredWh);
}
