namespace EnergyChain.Devices.Simulation;

/// <summary>
/// A made-up home: sunlight over the day as a parabola between sunrise and sunset that move with the season, clouds
/// that belong to the day and to the hour, and a household curve with a morning and an evening peak that differs from
/// home to home. All in integers, so the same seed gives the same year on any machine. Row 0 is midnight of 1
/// January; a row is one hour.
/// </summary>
public sealed class PhysicalSiteProfile : ISiteProfile
{
    private const int HoursPerDay = 24;
    private const int DaysPerYear = 365;
    private const int MinutesPerHour = 60;
    private const int Noon = 12 * MinutesPerHour + 30;

    /// <summary>Half of the shortest and of the longest day, in minutes (about 40 degrees north).</summary>
    private const int ShortestHalfDay = 280;
    private const int LongestHalfDay = 450;

    private const ulong CloudDayStream = 1;
    private const ulong CloudHourStream = 2;
    private const ulong LoadStream = 3;
    private const ulong PlantStream = 4;

    /// <summary>Household load by hour, in Wh for a home of average size.</summary>
    private static readonly int[] LoadByHour =
    [
        320, 270, 250, 240, 250, 330, 560, 780, 690, 520, 460, 450,
        500, 470, 440, 470, 620, 950, 1240, 1310, 1150, 900, 620, 430,
    ];

    private readonly ulong _seed;
    private readonly int _sizePermille;

    /// <summary>Makes a home; homes of the same seed and another index differ, but share the sky of the day.</summary>
    public PhysicalSiteProfile(ulong seed, int index)
    {
        _seed = seed;
        Name = $"home_{index + 1:D2}";
        _sizePermille = 700 + SeededValues.Below(700, seed, PlantStream, index);
        long photovoltaicW = 3000 + (500 * SeededValues.Below(7, seed, PlantStream + 100, index));
        Rating = new SiteRating(photovoltaicW, StorageCapacityWh: 6400, StoragePowerW: 5000, RoundTripPermille: 900);
        Index = index;
    }

    public int Index { get; }

    public string Name { get; }

    public SiteRating Rating { get; }

    public SlotEnergy At(long row) => row < 0 ? default : new SlotEnergy(Load(row), Photovoltaic(row));

    private long Load(long row)
    {
        int average = LoadByHour[(int)(row % HoursPerDay)];
        int moodPermille = 600 + SeededValues.Below(800, _seed, LoadStream + ((ulong)Index << 8), row);
        return (long)average * _sizePermille * moodPermille / 1_000_000;
    }

    /// <summary>Installed power x sun x sky; the sun of an hour is the mean of its quarters.</summary>
    private long Photovoltaic(long row)
    {
        long day = row / HoursPerDay;
        int startMinute = (int)(row % HoursPerDay) * MinutesPerHour;
        long sunPermille = 0;
        for (int quarter = 0; quarter < 4; quarter++)
        {
            sunPermille += SunPermille(HalfDay(day), startMinute + (15 * quarter) + 7);
        }

        int overcastPermille = SeededValues.Below(700, _seed, CloudDayStream, day);
        int passingPermille = SeededValues.Below(1 + (overcastPermille / 2), _seed, CloudHourStream, row);
        long skyPermille = Math.Max(100, 1000 - overcastPermille - passingPermille);
        return Rating.PhotovoltaicW * 850 * (sunPermille / 4) * skyPermille / 1_000_000_000;
    }

    private static long SunPermille(int halfDay, int minute)
    {
        long distance = Math.Abs(minute - Noon);
        return distance >= halfDay ? 0 : 1000 - (1000 * distance * distance / ((long)halfDay * halfDay));
    }

    /// <summary>Grows from the winter to the summer solstice (day 172) and falls again, in a straight line.</summary>
    private static int HalfDay(long day)
    {
        const int summerSolstice = 172;
        const int halfYear = DaysPerYear / 2;
        int away = Math.Abs((int)(day % DaysPerYear) - summerSolstice);
        int fromWinter = Math.Max(0, halfYear - away);
        return ShortestHalfDay + ((LongestHalfDay - ShortestHalfDay) * fromWinter / halfYear);
    }
}
