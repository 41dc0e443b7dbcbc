namespace EnergyChain.Node.Devnet;

/// <summary>
/// What <c>devnet</c> starts. Prices are decimals of the data's currency per kWh; 1 ENC is one unit of it.
/// </summary>
public sealed class DevnetOptions
{
    public const int MostSites = 64;

    public int Validators { get; init; } = 4;

    /// <summary>Folder of home_NN.csv, homes.json and grid.csv; null for the built-in model.</summary>
    public string? Profiles { get; init; }

    /// <summary>Number of sites; null for all of the profiles, or 10 built-in ones.</summary>
    public int? Sites { get; init; }

    /// <summary>interval_start of the row that the first slot stands for.</summary>
    public DateTime From { get; init; } = new(2016, 8, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>Slots until the run ends; 0 runs until it is stopped.</summary>
    public int Slots { get; init; } = 24;

    public int SlotSeconds { get; init; } = 2;

    public decimal FeedIn { get; init; } = 0.05m;

    public decimal GridFee { get; init; } = 0.02m;

    public string Strategy { get; init; } = "midpoint";

    public ulong Seed { get; init; } = 1;

    public string DataDirectory { get; init; } = "devnet-data";

    public int BasePort { get; init; } = 30_300;

    /// <summary>Where the report goes; null for report.json in the data directory.</summary>
    public string? Report { get; init; }

    public bool NoUi { get; init; }

    /// <summary>Whether the dashboard is started beside the nodes.</summary>
    public bool HasDashboard { get; init; } = true;

    /// <summary>Seconds until a fallen validator is started again; 0 never does.</summary>
    public int RestartAfterSeconds { get; init; } = 5;

    /// <summary>Faults of simulated meters, SITE:DEVICE:KIND:SLOTS.</summary>
    public IReadOnlyList<string> MeterFaults { get; init; } = [];
}
