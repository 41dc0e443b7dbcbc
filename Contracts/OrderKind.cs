namespace EnergyChain.Contracts;

/// <summary>Buy and Sell meet in the auction; an Offer is accepted at its price.</summary>
public enum OrderKind : byte
{
    /// <summary>The order is not open.</summary>
    None = 0,
    Buy = 1,
    Sell = 2,
    Offer = 3,
}
