using System.Numerics;
using EnergyChain.Client;
using EnergyChain.Client.Model;

namespace EnergyChain.Dashboard.Energy;

/// <summary>Adds up a site's day from the node's history.</summary>
public static class SiteDayReader
{
    private const int MaxPages = 8;
    private const uint PageSize = 500;

    /// <param name="node">A node with an index.</param>
    /// <param name="site">The site.</param>
    /// <param name="dayBegan">When its day began.</param>
    /// <param name="slotSeconds">Seconds of a slot.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<SiteDay> ReadAsync(
        INodeClient node, uint site, DateTimeOffset dayBegan, ulong slotSeconds, CancellationToken cancellationToken)
    {
        ulong fromSlot = (ulong)dayBegan.ToUnixTimeSeconds() / slotSeconds;
        HistoryQuery readings = new() { Site = site, FromSlot = fromSlot, PageSize = PageSize };
        (List<ReadingInfo> records, bool allRecords) = await AllAsync(
            node.ListReadingsAsync, readings, cancellationToken);
        HistoryQuery bargains = new()
        {
            Site = site,
            FromTimeMs = (ulong)dayBegan.ToUnixTimeMilliseconds(),
            PageSize = PageSize,
        };
        (List<TradeInfo> trades, bool allTrades) = await AllAsync(
            node.ListTradesAsync, bargains, cancellationToken);
        DateTimeOffset from = allRecords || records.Count == 0
            ? dayBegan
            : DateTimeOffset.FromUnixTimeSeconds((long)(records.Min(record => record.Slot) * slotSeconds));
        return Sum(site, records, trades, from, allRecords && allTrades);
    }

    internal static SiteDay Sum(
        uint site,
        IReadOnlyList<ReadingInfo> records,
        IReadOnlyList<TradeInfo> trades,
        DateTimeOffset from,
        bool isWhole)
    {
        SlotEnergyRow[] slots = [.. records
            .GroupBy(record => record.Slot)
            .OrderBy(slot => slot.Key)
            .Select(slot => new SlotEnergyRow(
                slot.Key,
                Total(slot, record => record.ProducedWh),
                Total(slot, record => record.ConsumedWh),
                Total(slot, record => record.ImportedWh),
                Total(slot, record => record.ExportedWh),
                Total(slot, record => record.SocWh)))];
        BigInteger earned = 0, spent = 0, sold = 0, bought = 0;
        foreach (TradeInfo trade in trades)
        {
            if (trade.Settlement is not { } settled)
            {
                continue;
            }

            if (trade.SellerSite == site)
            {
                earned += settled.Paid.ToBigInteger();
                spent += settled.Compensation.ToBigInteger();
                sold += settled.DeliveredWh;
            }

            if (trade.BuyerSite == site)
            {
                spent += settled.Paid.ToBigInteger() + settled.Fee.ToBigInteger();
                earned += settled.Compensation.ToBigInteger();
                bought += settled.DeliveredWh;
            }
        }

        return new SiteDay
        {
            From = from,
            IsWhole = isWhole,
            Records = records.Count,
            ProducedWh = Sum(slots, slot => slot.ProducedWh),
            ConsumedWh = Sum(slots, slot => slot.ConsumedWh),
            ImportedWh = Sum(slots, slot => slot.ImportedWh),
            ExportedWh = Sum(slots, slot => slot.ExportedWh),
            SoldWh = sold,
            BoughtWh = bought,
            Earned = earned,
            Spent = spent,
            Slots = slots,
        };
    }

    private static ulong Total(IEnumerable<ReadingInfo> records, Func<ReadingInfo, ulong> field) =>
        records.Aggregate(0ul, (sum, record) => unchecked(sum + field(record)) is var next && next >= sum
            ? next
            : ulong.MaxValue);

    private static BigInteger Sum(SlotEnergyRow[] slots, Func<SlotEnergyRow, ulong> field) =>
        slots.Aggregate(BigInteger.Zero, (sum, slot) => sum + field(slot));

    private static async Task<(List<T> Rows, bool IsAll)> AllAsync<T>(
        Func<HistoryQuery, CancellationToken, Task<PageOf<T>>> list, HistoryQuery query, CancellationToken cancellation)
    {
        List<T> rows = [];
        for (int page = 0; page < MaxPages; page++)
        {
            PageOf<T> next = await list(query, cancellation);
            rows.AddRange(next.Rows);
            if (next.NextPageToken.Length == 0)
            {
                return (rows, true);
            }

            query = query with { PageToken = next.NextPageToken };
        }

        return (rows, false);
    }
}
