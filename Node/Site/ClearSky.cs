namespace EnergyChain.Node.Site;

/// <summary>
/// How much sun a clear sky gives a flat panel: the sine of the sun's height, from declination (Cooper 1969) and hour
/// angle. Only ratios of two values of one place are used, so turbidity and tilt cancel to first order.
/// </summary>
/// <param name="latitude">Degrees north, -90 to 90.</param>
/// <param name="solarOffsetMinutes">Minutes from the calendar's local time to mean solar time.</param>
public sealed class ClearSky(double latitude, int solarOffsetMinutes)
{
    private const int SamplesPerInterval = 4;

    /// <summary>The mean over an interval, 0 (night) to 1 (sun in the zenith).</summary>
    public double Mean(DateTime start, TimeSpan length)
    {
        double sum = 0;
        for (int i = 0; i < SamplesPerInterval; i++)
        {
            double share = (i + 0.5) / SamplesPerInterval;
            sum += At(start.AddTicks((long)(length.Ticks * share)).AddMinutes(solarOffsetMinutes));
        }

        return sum / SamplesPerInterval;
    }

    private double At(DateTime solarTime)
    {
        double declination = Radians(23.45) * Math.Sin(2 * Math.PI * (284 + solarTime.DayOfYear) / 365);
        double hourAngle = Radians(15 * (solarTime.TimeOfDay.TotalHours - 12));
        double place = Radians(latitude);
        double height = (Math.Sin(place) * Math.Sin(declination))
            + (Math.Cos(place) * Math.Cos(declination) * Math.Cos(hourAngle));
        return Math.Max(0, height);
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
