using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Events;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.History;
using EnergyChain.Market;

namespace EnergyChain.Dashboard.Trading;

/// <summary>Prices of the newest cleared slots.</summary>
/// <param name="Cleared">Newest first.</param>
/// <param name="Tariffs">By slot, of all slots between the oldest and the newest.</param>
public sealed record PriceHistory(
    IReadOnlyList<ClearedSlot> Cleared, IReadOnlyDictionary<ulong, Tariff> Tariffs)
{
    private static readonly PriceHistory Nothing = new([], new Dictionary<ulong, Tariff>());

    private const uint Newest = 300;

    /// <summary>The newest ones, newest first.</summary>
    internal static async Task<PriceHistory> ReadAsync(
        INodeClient node, TariffBook tariffs, ulong slotSeconds, CancellationToken cancellationToken)
    {
        if (node is not IChainEvents events)
        {
            return Nothing;
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
            return Nothing;
        }

        SlotSpan span = new(cleared.Min(row => row.What.Slot), cleared.Max(row => row.What.Slot) + 1);
        SlotTariffs prices = await tariffs.ReadAsync(
            node, new HistoryKey(null, span, slotSeconds), cancellationToken);
        return new PriceHistory(
            [
                .. cleared.Select(row => new ClearedSlot(
                    row.What.Slot,
                    row.Time,
                    BookDepth.Price(row.What.PricePerKwh),
                    new WattHours(row.What.VolumeWh),
                    row.What.Trades)),
            ],
            prices.BySlot);
    }
}
