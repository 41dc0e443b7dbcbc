namespace EnergyChain.Devices.Simulation;

/// <summary>
/// A home of a data set: whole Wh per row, each rounded half away from zero from the kWh of the file.
/// </summary>
public sealed class CsvSiteProfile : ISiteProfile
{
    private const int WhDecimals = 3;

    private readonly SlotEnergy[] _rows;

    private CsvSiteProfile(string name, SiteRating rating, ProfileTable table)
    {
        Name = name;
        Rating = rating;
        Start = table.Start;
        Step = table.Step;
        _rows = [.. table.Rows.Select(row => new SlotEnergy(row[0], row[1]))];
    }

    public string Name { get; }

    public SiteRating Rating { get; }

    /// <summary>Start of the first row in the local standard time of the data.</summary>
    public DateTime Start { get; }

    /// <summary>Length of a row.</summary>
    public TimeSpan Step { get; }

    public int RowCount => _rows.Length;

    /// <summary>Reads interval_start, load_kwh and pv_kwh.</summary>
    /// <exception cref="ProfileException">The file is missing or has a bad row or a gap; says where and
    /// what.</exception>
    public static CsvSiteProfile Load(string file, string name, SiteRating rating) =>
        new(name, rating, ProfileTable.Read(file, [("load_kwh", WhDecimals), ("pv_kwh", WhDecimals)]));

    public SlotEnergy At(long row) => row >= 0 && row < _rows.Length ? _rows[row] : default;
}
