using System.Numerics;

namespace EnergyChain.Node.Site;

/// <summary>
/// Chooses the limit price of a site's order. Pure: the same site, slot and tariffs give the same price.
/// </summary>
public interface IOrderStrategy
{
    /// <summary>The name in options.</summary>
    string Name { get; }

    /// <summary>A price inside the range, a multiple of <see cref="PriceRange.Step"/>.</summary>
    BigInteger LimitPerKwh(OrderSide side, uint site, long slot, PriceRange range);
}
