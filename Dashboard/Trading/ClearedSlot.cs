using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Events;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.History;
using EnergyChain.Market;

namespace EnergyChain.Dashboard.Trading;

/// <summary>What the auction of a slot gave.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Time">When it was cleared.</param>
/// <param name="Price">Zero where the auction made no trade.</param>
/// <param name="Volume">Of the auction.</param>
/// <param name="Trades">Direct ones among them.</param>
/// <param name="Tariff">Of the retailer; null where none was published.</param>
public sealed record ClearedSlot(
    ulong Slot, BlockTime Time, PricePerKwh Price, WattHours Volume, ulong Trades, Tariff? Tariff)
{
    private const uint Newest = 300;

    /// <summary>The newest ones, newest first.</summary>
    internal static async Task<IReadOnlyList<ClearedSlot>> ReadAsync(
        INodeClient node, TariffBook tariffs, ulong slotSeconds, CancellationToken cancellationToken)
    {
        if (node is not IChainEvents events)
        {
            return [];
        }

        EventQuery query = new()
        {
            Contract = EnergyMarketContract.Address,
            Name = nameof(MarketEvent.SlotCleared),
            PageSize = Newest,
        };
        PageOf<EventInfo> page = await events.ListEventsAsync(query, cancellationToken);
        (MarketEvent.SlotCleared What, BlockTime Time)[] cleared =
        [
            .. page.Rows
                .Select(row => (
                    What: EnergyMarketContract.TryDecodeEvent(
                        row.Log.Topics, row.Log.Data.Span, out MarketEvent? happening)
                        ? happening as MarketEvent.SlotCleared
                        : null,
                    row.Time))
                .Where(row => row.What is not null)
                .Select(row => (row.What!, row.Time)),
        ];
        if (cleared.Length == 0)
        {
            return [];
        }

        SlotSpan span = new(cleared.Min(row => row.What.Slot), cleared.Max(row => row.What.Slot) + 1);
        IReadOnlyDictionary<ulong, Tariff> prices = await tariffs.ReadAsync(
            node, new HistoryKey(null, span, slotSeconds), cancellationToken);
        return
        [
            .. cleared.Select(row => new ClearedSlot(
                row.What.Slot,
                row.Time,
                BookDepth.Price(row.What.PricePerKwh),
                new WattHours(row.What.VolumeWh),
                row.What.Trades,
                prices.TryGetValue(row.What.Slot, out Tariff tariff) ? tariff : null)),
        ];
    }
}
