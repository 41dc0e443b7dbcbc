using EnergyChain.Devices.Simulation;

namespace EnergyChain.Devices.Tests.Simulation;

/// <summary>A profile of given rows that repeats.</summary>
internal sealed class TableProfile(params SlotEnergy[] rows) : ISiteProfile
{
    public string Name => "home_77";

    public SiteRating Rating { get; init; } = new(5000, 6400, 5000, 900);

    public SlotEnergy At(long row) => row < 0 ? default : rows[row % rows.Length];
}
