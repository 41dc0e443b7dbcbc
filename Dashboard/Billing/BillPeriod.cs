using System.Globalization;
using EnergyChain.Dashboard.History;
using EnergyChain.Dashboard.Text;

namespace EnergyChain.Dashboard.Billing;

/// <summary>A day or a month in the site's zone.</summary>
/// <param name="First">Its first day.</param>
/// <param name="IsMonth">Whether it is the whole month.</param>
public sealed record BillPeriod(DateOnly First, bool IsMonth)
{
    private const string DayFormat = "yyyy-MM-dd";
    private const string MonthFormat = "yyyy-MM";
    private const int FirstYear = 2000;
    private const int LastYear = 2999;

    /// <summary>2026-08-01 for a day, 2026-08 for a month.</summary>
    public string Name => First.ToString(IsMonth ? MonthFormat : DayFormat, CultureInfo.InvariantCulture);

    public BillPeriod Next => this with { First = IsMonth ? First.AddMonths(1) : First.AddDays(1) };

    public BillPeriod Previous => this with { First = IsMonth ? First.AddMonths(-1) : First.AddDays(-1) };

    public BillPeriod Day => this with { IsMonth = false };

    public BillPeriod Month => new(new DateOnly(First.Year, First.Month, 1), true);

    public static BillPeriod DayOf(DateTimeOffset time, SiteClock clock) =>
        new(DateOnly.FromDateTime(clock.Of(time).DateTime), false);

    /// <summary>Reads what <see cref="Name"/> writes.</summary>
    public static bool TryParse(string? text, out BillPeriod? period)
    {
        bool isDay = DateOnly.TryParseExact(
            text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly first);
        bool isMonth = !isDay && DateOnly.TryParseExact(
            text, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out first);
        period = (isDay || isMonth) && first.Year is >= FirstYear and <= LastYear
            ? new BillPeriod(first, isMonth)
            : null;
        return period is not null;
    }

    /// <summary>The slots that begin in it; a day has 23 to 25 hours.</summary>
    public SlotSpan Slots(SiteClock clock, ulong slotSeconds) =>
        SlotSpan.Of(clock.BeginOf(First), clock.BeginOf(Next.First), slotSeconds);
}
