using System.Numerics;

namespace EnergyChain.Node.Site;

/// <summary>
/// Each side names its true limit: the seller the feed-in tariff, the buyer retail less the grid fee. The scarce side
/// of the auction gets the gain.
/// </summary>
public sealed class TruthfulStrategy : IOrderStrategy
{
    public string Name => "truthful";

    public BigInteger LimitPerKwh(OrderSide side, uint site, long slot, PriceRange range) =>
        side == OrderSide.Sell ? range.At(0, 1) : range.At(1, 1);
}
