using System.Globalization;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Dashboard.Text;

/// <summary>Times in the site's zone.</summary>
/// <param name="zone">The zone.</param>
public sealed class SiteClock(TimeZoneInfo zone)
{
    public string ZoneName => zone.Id;

    public DateTimeOffset Of(BlockTime time) => Of(Utc(time));

    public DateTimeOffset Of(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone);

    /// <summary>A time of the chain; one beyond what a date can hold is the last that one can.</summary>
    public static DateTimeOffset Utc(BlockTime time) => DateTimeOffset.FromUnixTimeMilliseconds(
        (long)Math.Min(time.UnixMs, (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    /// <summary>2026-08-01 14:05:09</summary>
    public string Full(DateTimeOffset time) =>
        Of(time).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>14:05:09 today, 08-01 14:05 in this year, else 2025-08-01.</summary>
    public string Short(DateTimeOffset time, DateTimeOffset now)
    {
        DateTimeOffset there = Of(time);
        DateTimeOffset here = Of(now);
        string format = there.Date == here.Date ? "HH:mm:ss"
            : there.Year == here.Year ? "MM-dd HH:mm"
            : "yyyy-MM-dd";
        return there.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>When the day of a time began.</summary>
    public DateTimeOffset DayOf(DateTimeOffset time) => BeginOf(DateOnly.FromDateTime(Of(time).Date));

    /// <summary>
    /// The first moment of a day: after midnight where clocks skip it, the first of two midnights where it comes twice.
    /// </summary>
    public DateTimeOffset BeginOf(DateOnly day)
    {
        DateTime midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(1);
        }

        // The zone itself takes an ambiguous time for the later one; the larger offset is the earlier moment.
        TimeSpan offset = zone.IsAmbiguousTime(midnight)
            ? zone.GetAmbiguousTimeOffsets(midnight).Max()
            : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset);
    }
}
