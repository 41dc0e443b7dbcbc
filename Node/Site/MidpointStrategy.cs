using System.Numerics;

namespace EnergyChain.Node.Site;

/// <summary>Both sides ask for the middle of the range: the gain is halved, every order of a side ties.</summary>
public sealed class MidpointStrategy : IOrderStrategy
{
    public string Name => "midpoint";

    public BigInteger LimitPerKwh(OrderSide side, uint site, long slot, PriceRange range) => range.At(1, 2);
}
