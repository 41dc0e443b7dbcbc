using System.Numerics;

namespace EnergyChain.Node.Site;

/// <summary>Turns a forecast into an order: side and energy from the forecast, price from the strategy.</summary>
/// <param name="strategy">Chooses the limit price.</param>
/// <param name="sharePercent">Share of the forecast that is traded: a shortfall costs more than a missed sale.</param>
/// <param name="leastWh">Energy under which no order is placed.</param>
public sealed class OrderPlanner(IOrderStrategy strategy, int sharePercent, long leastWh)
{
    /// <summary>The order for a slot, or null where there is nothing to gain.</summary>
    /// <param name="site">The site.</param>
    /// <param name="slot">The slot to trade.</param>
    /// <param name="netExportWh">Forecast export, negative for import.</param>
    /// <param name="range">Prices at which both sides gain.</param>
    public OrderDraft? Plan(uint site, long slot, long netExportWh, PriceRange range)
    {
        long energyWh = Math.Abs(netExportWh) * sharePercent / 100;
        if (energyWh < leastWh || !range.HasRoom)
        {
            return null;
        }

        OrderSide side = netExportWh > 0 ? OrderSide.Sell : OrderSide.Buy;
        BigInteger limit = strategy.LimitPerKwh(side, site, slot, range);
        return new OrderDraft(side, (uint)Math.Min(energyWh, MaxOrderWh), limit);
    }

    // MAX_ENERGY_WH of the market contract.
    private const long MaxOrderWh = 1_000_000_000;
}
