using EnergyChain.Client;
using EnergyChain.Dashboard.History;

namespace EnergyChain.Dashboard.Billing;

/// <summary>A site's bill from a node's history.</summary>
internal sealed class BillReader(SlotHistories histories, TariffBook tariffs)
{
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
