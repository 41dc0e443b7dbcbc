namespace EnergyChain.Dashboard.Trading;

/// <summary>How far a trade is.</summary>
public enum TradeStage
{
    /// <summary>Made; its slot has not begun.</summary>
    Traded,

    /// <summary>Its slot runs.</summary>
    Delivering,

    /// <summary>Its slot is over; records and the settlement are waited for.</summary>
    Delivered,

    /// <summary>Money has moved.</summary>
    Settled,
}
