using EnergyChain.Client;
using EnergyChain.Contracts.Views;

namespace EnergyChain.Dashboard.Trading;

/// <summary>A slot of the market with what is open in it.</summary>
public sealed record SlotBook(ulong Slot, SlotSummary Summary, IReadOnlyList<MarketOrder> Orders)
{
    /// <summary>What the auction would do with it now.</summary>
    public BookDepth Depth { get; } = BookDepth.Of(Orders);

    public static async Task<SlotBook> ReadAsync(INodeClient node, ulong slot, CancellationToken cancellationToken)
    {
        MarketReader market = new(node);
        SlotSummary summary = await market.GetSummaryAsync(slot, cancellationToken);
        return new SlotBook(
            slot,
            summary, summary.OpenOrders == 0 ? [] : await market.GetBookAsync(slot, cancellationToken));
    }
}
