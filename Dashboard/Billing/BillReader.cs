using EnergyChain.Client;
using EnergyChain.Dashboard.History;
using EnergyChain.Market;

namespace EnergyChain.Dashboard.Billing;

/// <summary>A site's bill from a node's history.</summary>
internal sealed class BillReader(SlotHistories histories, TariffBook tariffs)
{
    public async Task<SiteBill> ReadAsync(
        INodeClient node, uint site, SlotSpan span, ulong slotSeconds, CancellationToken cancellationToken)
    {
        HistoryKey key = new(site, span, slotSeconds);
        IReadOnlyDictionary<ulong, Tariff> prices = await tariffs.ReadAsync(node, key, cancellationToken);
        return await histories.ReadAsync(
            node,
            key,
            history =>
            {
                IReadOnlyList<BillLine> lines = BillBuilder.Lines(
                    site,
                    history.Metered.ToDictionary(slot => slot.Key.Slot, slot => slot.Value),
                    history.Trades.Values,
                    prices,
                    history.Rewards);
                return new SiteBill(site, lines, BillSums.Of(lines), history.FirstSlot, history.IsWhole);
            },
            cancellationToken);
    }
}
