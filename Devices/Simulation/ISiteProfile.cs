namespace EnergyChain.Devices.Simulation;

/// <summary>Load and PV of a site, row by row; a row is one slot. Safe for concurrent callers.</summary>
public interface ISiteProfile
{
    /// <summary>Name of the site, such as home_01.</summary>
    string Name { get; }

    SiteRating Rating { get; }

    /// <summary>The energies of a row; zeros before the first and after the last row.</summary>
    SlotEnergy At(long row);
}
