namespace EnergyChain.Dashboard.Hosting;

/// <summary>Who may read the pages.</summary>
public enum ReadAccess
{
    /// <summary>Everybody who reaches the address.</summary>
    Open,

    /// <summary>Only who logs in.</summary>
    Members,
}
