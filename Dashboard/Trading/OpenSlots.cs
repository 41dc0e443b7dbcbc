using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;

namespace EnergyChain.Dashboard.Trading;

/// <summary>Slots that can be traded now: the next ones and those that the newest orders are for.</summary>
public static class OpenSlots
{
    private const ulong Next = 6;
    private const uint NewestOrders = 200;

    /// <summary>The first slot whose gate is open.</summary>
    public static ulong First(DateTimeOffset now, MarketParameters market) =>
        (((ulong)now.ToUnixTimeSeconds() + market.GateLeadSeconds) / market.SlotSeconds) + 1;

    /// <summary>Ascending; the slot whose gate closed last stands in front.</summary>
    public static async Task<IReadOnlyList<ulong>> ReadAsync(
        INodeClient node, DateTimeOffset now, MarketParameters market, CancellationToken cancellationToken)
    {
        ulong first = First(now, market);
        PageOf<OrderInfo> newest = await node.ListOrdersAsync(
            new HistoryQuery { PageSize = NewestOrders }, cancellationToken);
        return
        [
            .. newest.Rows
                .Where(order => order.State == OrderState.Open)
                .Select(order => order.Slot)
                .Where(slot => slot >= first && slot < first + MarketLimits.MaxSlotsAhead)
                .Concat(Enumerable.Range(0, (int)Next).Select(i => first - 1 + (ulong)i))
                .Distinct()
                .Order(),
        ];
    }
}
