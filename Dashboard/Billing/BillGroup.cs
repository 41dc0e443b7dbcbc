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
}
