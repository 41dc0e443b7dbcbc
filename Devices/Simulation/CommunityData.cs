using System.Globalization;

namespace EnergyChain.Devices.Simulation;

/// <summary>
/// A data set of homes: homes.json with names and plants, NAME.csv per home, and grid.csv, all over the same intervals.
/// </summary>
public sealed class CommunityData
{
    private const int BaseUnitDecimals = 18;
    private const int PriceDecimals = BaseUnitDecimals - 3;
    private const int MilligramDecimals = 6;

    private CommunityData(IReadOnlyList<CsvSiteProfile> homes, IReadOnlyList<GridRow> grid)
    {
        Homes = homes;
        Grid = grid;
    }

    public IReadOnlyList<CsvSiteProfile> Homes { get; }

    /// <summary>Tariff and carbon, one per row of the homes.</summary>
    public IReadOnlyList<GridRow> Grid { get; }

    /// <summary>Start of the first row in the local standard time of the data.</summary>
    public DateTime Start => Grid[0].Start;

    /// <summary>Length of a row.</summary>
    public TimeSpan Step => Homes[0].Step;

    /// <summary>Reads all of a directory, or its first <paramref name="maximumHomes"/> homes.</summary>
    /// <exception cref="ProfileException">A file is missing, has a bad row or does not fit the others.</exception>
    public static CommunityData Load(string directory, int maximumHomes = int.MaxValue)
    {
        string gridFile = Path.Combine(directory, "grid.csv");
        ProfileTable grid = ProfileTable.Read(
            gridFile, [("retail_usd_per_kwh", PriceDecimals), ("carbon_kg_per_kwh", MilligramDecimals)]);
        List<CsvSiteProfile> homes = [];
        foreach ((string name, SiteRating rating) in
            HomesFile.Read(Path.Combine(directory, "homes.json")).Take(maximumHomes))
        {
            string file = Path.Combine(directory, name + ".csv");
            CsvSiteProfile home = CsvSiteProfile.Load(file, name, rating);
            if (home.Start != grid.Start || home.Step != grid.Step || home.RowCount != grid.Rows.Count)
            {
                throw new ProfileException(
                    file,
                    0,
                    $"it has {home.RowCount} rows from {Show(home.Start)} in steps of {home.Step}; "
                    + $"allowed are those of grid.csv: {grid.Rows.Count} from {Show(grid.Start)}, step {grid.Step}.");
            }

            homes.Add(home);
        }

        return new CommunityData(homes, [.. grid.Rows.Select((row, index) =>
            new GridRow(grid.Start + (grid.Step * index), row[0] * (System.Numerics.BigInteger)1000, row[1]))]);
    }

    /// <summary>The row that starts at a time.</summary>
    /// <exception cref="ProfileException">No row starts then; the message says which do.</exception>
    public int RowOf(DateTime time)
    {
        for (int row = 0; row < Grid.Count; row++)
        {
            if (Grid[row].Start == time)
            {
                return row;
            }
        }

        throw new ProfileException(
            "grid.csv",
            0,
            $"no row starts at {Show(time)}; allowed is {Show(Start)} to {Show(Grid[^1].Start)} in steps of {Step}.");
    }

    private static string Show(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
