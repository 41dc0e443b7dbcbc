namespace EnergyChain.Market.Model;

/// <summary>Buy and Sell meet in the auction; an Offer is accepted at its price.</summary>
public enum OrderKind
{
    None,
    Buy,
    Sell,
    Offer,
}
