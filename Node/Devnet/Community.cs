using System.Numerics;
using EnergyChain.Devices.Simulation;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Devnet;

/// <summary>The homes of a run and the tariffs of its hours.</summary>
public sealed class Community
{
    /// <summary>Sites of the built-in model where no number is given.</summary>
    public const int DefaultSites = 10;

    private const int HistoryRows = 168;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Func<long, BigInteger> _retailOfRow;
    private readonly DateTime _from;

    private Community(
        IReadOnlyList<ISiteProfile> homes,
        DateTime from,
        long firstRow,
        long rowCount,
        Func<long, BigInteger> retailOfRow)
    {
        Homes = homes;
        FirstRow = firstRow;
        RowCount = rowCount;
        _from = from;
        _retailOfRow = retailOfRow;
    }

    public IReadOnlyList<ISiteProfile> Homes { get; }

    /// <summary>Row of the first slot.</summary>
    public long FirstRow { get; }

    /// <summary>Rows from the first on.</summary>
    public long RowCount { get; }

    /// <summary>Degrees north of the homes.</summary>
    public double Latitude { get; private init; }

    /// <summary>Minutes from the data's local time to mean solar time.</summary>
    public int SolarOffsetMinutes { get; private init; }

    /// <summary>
    /// Loads or makes the homes. Throws <see cref="OperatorException"/> where the data or options are wrong.
    /// </summary>
    public static Community Load(DevnetOptions options)
    {
        try
        {
            return options.Profiles is { } folder ? FromData(options, folder) : BuiltIn(options);
        }
        catch (ProfileException error)
        {
            throw new OperatorException($"--profiles '{options.Profiles}': {error.Message}", error);
        }
    }

    /// <summary>Retail tariff of the run's slot <paramref name="index"/> (from 0), base units per kWh.</summary>
    public BigInteger Retail(long index) => _retailOfRow(FirstRow + index);

    /// <summary>Which hours the slots stand for.</summary>
    public SlotCalendar Calendar(long firstSlot) => new(firstSlot, _from, Hour);

    /// <summary>What a home measured in the hours before the run, a week at most; never a row to come.</summary>
    public IReadOnlyList<Site.SlotEnergy> History(int home, long firstSlot)
    {
        long rows = Math.Min(HistoryRows, FirstRow);
        List<Site.SlotEnergy> history = [];
        for (long back = rows; back >= 1; back--)
        {
            Devices.Simulation.SlotEnergy row = Homes[home].At(FirstRow - back);
            history.Add(new Site.SlotEnergy(firstSlot - back, row.LoadWh, row.PhotovoltaicWh));
        }

        return history;
    }

    private static Community FromData(DevnetOptions options, string folder)
    {
        CommunityData data = CommunityData.Load(folder, options.Sites ?? DevnetOptions.MostSites);
        if (options.Sites is { } wanted && wanted > data.Homes.Count)
        {
            throw OperatorException.ForOption("--sites", wanted, $"1 to {data.Homes.Count}, the homes of --profiles");
        }

        if (data.Step != Hour)
        {
            throw OperatorException.ForOption("--profiles", folder, $"hourly rows; these are every {data.Step}");
        }

        int first = data.RowOf(options.From);
        long rows = data.Grid.Count - first;
        if (options.Slots > rows)
        {
            throw OperatorException.ForOption("--slots", options.Slots, $"at most {rows}, the rows from --from on");
        }

        return new Community(data.Homes, options.From, first, rows, row => data.Grid[(int)row].RetailPerKwh)
        {
            Latitude = 34.1,
            SolarOffsetMinutes = 5,
        };
    }

    private static Community BuiltIn(DevnetOptions options)
    {
        List<ISiteProfile> homes = [];
        for (int index = 0; index < (options.Sites ?? DefaultSites); index++)
        {
            homes.Add(new PhysicalSiteProfile(options.Seed, index));
        }

        DateTime from = options.From;
        if (from != from.Date.AddHours(from.Hour))
        {
            throw OperatorException.ForOption("--from", $"{from:yyyy-MM-dd'T'HH:mm}", "a full hour");
        }

        long firstRow = ((from.DayOfYear - 1) * 24) + from.Hour;
        return new Community(homes, from, firstRow, long.MaxValue / 2, BuiltInRetail)
        {
            Latitude = 40,
            SolarOffsetMinutes = -30,
        };
    }

    // A time-of-use tariff as utilities publish them: dear from 15:00 to 20:00.
    private static BigInteger BuiltInRetail(long row) =>
        GenesisPlan.Coin * (row % 24 is >= 15 and < 20 ? 54 : 22) / 100;
}
