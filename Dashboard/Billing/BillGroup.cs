using System.Globalization;
using EnergyChain.Dashboard.Text;

namespace EnergyChain.Dashboard.Billing;

/// <summary>An hour of a day or a day of a month.</summary>
/// <param name="Begin">When it begins, in the site's zone.</param>
/// <param name="Sums">Of its slots.</param>
public sealed record BillGroup(DateTimeOffset Begin, BillSums Sums)
{
    /// <summary>Those that have slots, oldest first.</summary>
    public static IReadOnlyList<BillGroup> Of(
        IEnumerable<BillLine> lines, BillPeriod period, SiteClock clock, ulong slotSeconds) =>
    [
        .. lines
            .GroupBy(line =>
            {
                DateTimeOffset time = clock.Of(DateTimeOffset.FromUnixTimeSeconds((long)(line.Slot * slotSeconds)));
                return period.IsMonth ? clock.DayOf(time) : time.AddTicks(-(time.Ticks % TimeSpan.TicksPerHour));
            })
            .OrderBy(group => group.Key)
            .Select(group => new BillGroup(group.Key, BillSums.Of(group))),
    ];

    /// <summary>
    /// The day or the hour, which tells it from all <paramref name="others"/>: an hour that clocks go through twice
    /// carries its offset.
    /// </summary>
    public string Label(bool isMonth, IEnumerable<BillGroup> others)
    {
        bool comesTwice = !isMonth && others.Any(
            other => other.Begin.DateTime == Begin.DateTime && other.Begin.Offset != Begin.Offset);
        string format = isMonth ? "MM-dd" : comesTwice ? "HH:mm zzz" : "HH:mm";
        return Begin.ToString(format, CultureInfo.InvariantCulture);
    }
}
