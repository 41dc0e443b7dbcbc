using EnergyChain.Client;
using EnergyChain.Dashboard.History;
using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Text;

namespace EnergyChain.Dashboard.Billing;

/// <summary>A site's bill from a node's history.</summary>
internal sealed class BillReader(SlotHistories histories, TariffBook tariffs)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan EveryPast = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>A site's bill of a day or month; what is past changes by late records only.</summary>
    public LiveQuery<SiteBill> Query(
        uint site, BillPeriod period, ulong slotSeconds, SiteClock clock, DateTimeOffset now)
    {
        SlotSpan span = period.Slots(clock, slotSeconds);
        bool isPast = clock.BeginOf(period.Next.First) < now;
        return new LiveQuery<SiteBill>(
            $"bill/{site}/{period.Name}",
            (node, stop) => ReadAsync(node, site, span, slotSeconds, stop),
            isPast ? EveryPast : Every)
        {
            KeepFor = Kept,
            IsHistory = true,
            Rows = static bill => bill.Lines.Count,
        };
    }

    public async Task<SiteBill> ReadAsync(
        INodeClient node, uint site, SlotSpan span, ulong slotSeconds, CancellationToken cancellationToken)
    {
        HistoryKey key = new(site, span, slotSeconds);
        SlotTariffs prices = await tariffs.ReadAsync(node, key, cancellationToken);
        return await histories.ReadAsync(
            node,
            key,
            history =>
            {
                ulong first = Math.Max(history.FirstSlot, prices.FirstSlot);
                IReadOnlyList<BillLine> lines = BillBuilder.Lines(
                    site,
                    history.Metered
                        .Where(slot => slot.Key.Slot >= first)
                        .ToDictionary(slot => slot.Key.Slot, slot => slot.Value),
                    history.Trades.Values.Where(trade => trade.Slot >= first),
                    prices.BySlot,
                    history.Rewards);
                return new SiteBill(site, lines, BillSums.Of(lines), first, first == span.From)
                {
                    Erased = history.Erased,
                };
            },
            cancellationToken);
    }
}
