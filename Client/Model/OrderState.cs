namespace EnergyChain.Client.Model;

/// <summary>What became of an order.</summary>
public enum OrderState
{
    Unknown,
    Open,

    /// <summary>Taken back by its owner.</summary>
    Cancelled,

    /// <summary>Its slot was cleared, or it was filled entirely.</summary>
    Closed,
}
