using System.Numerics;

namespace EnergyChain.Node.Site;

/// <summary>
/// Turns a forecast into an order: side from the forecast, energy from the forecast and how well such forecasts held,
/// price from the strategy.
/// </summary>
/// <param name="strategy">Chooses the limit price.</param>
/// <param name="record">How well the site's forecasts held.</param>
/// <param name="leastWh">Energy under which no order is placed.</param>
public sealed class OrderPlanner(IOrderStrategy strategy, ForecastRecord record, long leastWh)
{
    // MAX_ENERGY_WH of the market contract.
    private const long MaxOrderWh = 1_000_000_000;

    /// <summary>The order for a slot, or null where there is nothing to gain.</summary>
    /// <param name="site">The site.</param>
    /// <param name="slot">The slot to trade.</param>
    /// <param name="netExportWh">Forecast export, negative for import.</param>
    /// <param name="range">Prices at which both sides gain.</param>
    public OrderDraft? Plan(uint site, long slot, long netExportWh, PriceRange range)
    {
        if (!range.HasRoom)
        {
            return null;
        }

        OrderSide side = netExportWh > 0 ? OrderSide.Sell : OrderSide.Buy;
        long energyWh = Math.Abs(netExportWh) * record.SharePermille(side, RiskPermille(range)) / 1_000;
        if (energyWh < leastWh)
        {
            return null;
        }

        BigInteger limit = strategy.LimitPerKwh(side, site, slot, range);
        return new OrderDraft(side, (uint)Math.Min(energyWh, MaxOrderWh), limit);
    }

    // The newsvendor's rule (Arrow, Harris and Marschak 1951): trade so much that the chance of it not coming is
    // gain / (gain + loss). At the middle price a traded kWh gains half the range to either side, and one that does not
    // come, or is not needed, costs the other half and the grid fee: less than an even chance.
    private static int RiskPermille(PriceRange range)
    {
        BigInteger gain = range.High - range.Low;
        BigInteger both = 2 * (gain + range.GridFee);
        return both.IsZero ? 0 : (int)(gain * 1_000 / both);
    }
}
