namespace EnergyChain.Dashboard.Billing;

/// <summary>Whether a slot is in the bill.</summary>
public enum BillLineState
{
    /// <summary>Its meters reported and its trades are settled.</summary>
    Counted,

    /// <summary>Trades of it wait for their settlement.</summary>
    Open,

    /// <summary>No record of it: what the site drew and fed in is unknown.</summary>
    NoRecord,
}
