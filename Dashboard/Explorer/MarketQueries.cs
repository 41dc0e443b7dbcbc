using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Dashboard.Live;

namespace EnergyChain.Dashboard.Explorer;

/// <summary>Questions for single orders, trades and slots of the history.</summary>
public static class MarketQueries
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public static LiveQuery<OrderInfo> Order(ulong id) =>
        new($"order/{id}", (node, stop) => FindOrderAsync(node, id, stop), Every)
        {
            IsFinal = static order => order.State is OrderState.Closed or OrderState.Cancelled,
        };

    public static LiveQuery<TradeInfo> Trade(ulong id) =>
        new($"trade/{id}", (node, stop) => FindTradeAsync(node, id, stop), Every)
        {
            IsFinal = static trade => trade.Settlement is not null,
        };

    public static LiveQuery<SlotInfo> Slot(ulong number) =>
        new($"slot/{number}", (node, stop) => node.GetSlotAsync(number, stop), Every)
        {
            IsFinal = static slot => slot.IsSettled,
        };

    /// <summary>Throws <see cref="NodeClientException"/> as not found where there is none.</summary>
    public static async Task<OrderInfo> FindOrderAsync(
        INodeClient node, ulong id, CancellationToken cancellationToken)
    {
        PageOf<OrderInfo> page = await node.ListOrdersAsync(
            new HistoryQuery { Id = id, PageSize = 1 }, cancellationToken);

        // A node of an older version does not know the question and gives its newest.
        return page.Rows.FirstOrDefault(order => order.Id == id)
            ?? throw new NodeClientException(NodeClientError.NotFound, "There is no such order.");
    }

    /// <inheritdoc cref="FindOrderAsync"/>
    public static async Task<TradeInfo> FindTradeAsync(
        INodeClient node, ulong id, CancellationToken cancellationToken)
    {
        PageOf<TradeInfo> page = await node.ListTradesAsync(
            new HistoryQuery { Id = id, PageSize = 1 }, cancellationToken);
        return page.Rows.FirstOrDefault(trade => trade.Id == id)
            ?? throw new NodeClientException(NodeClientError.NotFound, "There is no such trade.");
    }
}
