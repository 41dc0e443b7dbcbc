namespace EnergyChain.Node.Site;

/// <summary>Side of an order in the auction.</summary>
public enum OrderSide
{
    Buy,
    Sell,
}
