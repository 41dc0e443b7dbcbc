using System.Globalization;
using System.Numerics;
using EnergyChain.Dashboard.Access;
using EnergyChain.Dashboard.Text;

namespace EnergyChain.Dashboard.Tests;

/// <summary>Numbers, times and foreign texts as they are shown.</summary>
public sealed class TextTests
{
    [TestCase("0", "0 Wh")]
    [TestCase("999", "999 Wh")]
    [TestCase("1000", "1.00 kWh")]
    [TestCase("1234567", "1,234.57 kWh")]
    [TestCase("12345678901", "12,345.68 MWh")]
    [TestCase("-1500", "\u22121.50 kWh")]
    [TestCase("340282366920938463463374607431768211455", "340,282,366,920,938,463,463,374,607,431,768.21 MWh")]
    public void Energy_has_the_unit_that_keeps_it_short(string wh, string text) =>
        Assert.That(EnergyText.Energy(BigInteger.Parse(wh)), Is.EqualTo(text));

    [TestCase("0", "0.00 ENC")]
    [TestCase("1", "< 0.0001 ENC")]
    [TestCase("-1", "> \u22120.0001 ENC")]
    [TestCase("1250000000000000000", "1.25 ENC")]
    [TestCase("1234567890123456789012", "1,234.5679 ENC")]
    public void Money_is_cut_to_four_decimals_and_never_shown_as_nothing(string units, string text) =>
        Assert.That(MoneyText.Amount(BigInteger.Parse(units)), Is.EqualTo(text));

    [Test]
    public void Largest_amount_is_shown_whole() => Assert.That(
        MoneyText.Exact(BigInteger.Pow(2, 256) - 1),
        Does.StartWith("115,792,089,237,316,195,423,570,985,008,687,907,853,269,984,665,640,564,039,457.")
            .And.EndWith("ENC"));

    [TestCase(1, 3, 333)]
    [TestCase(5, 3, 1000)]
    [TestCase(-1, 3, 0)]
    public void Share_stays_between_nothing_and_all(int part, int whole, int perMille) =>
        Assert.That(ShareText.PerMille(part, whole), Is.EqualTo(perMille));

    [Test]
    public void Share_of_nothing_is_none() =>
        Assert.That(ShareText.Percent(ShareText.PerMille(1, 0)), Is.EqualTo("\u2013"));

    [Test]
    public void Foreign_text_is_cut_and_shows_what_cannot_be_seen()
    {
        string shown = Shown.Text("a\u202eb\n" + new string('x', 2 * Shown.MaxLength));
        Assert.That(shown, Does.StartWith("a?b?xx"));
        Assert.That(shown, Has.Length.EqualTo(Shown.MaxLength + 1));
    }

    [Test]
    public void Time_beyond_what_a_date_holds_is_the_last_one() =>
        Assert.That(SiteClock.Utc(new(ulong.MaxValue)).Year, Is.EqualTo(9999));

    [Test]
    public void Day_begins_at_midnight_of_the_site()
    {
        SiteClock clock = new(TimeZoneInfo.CreateCustomTimeZone("nine", TimeSpan.FromHours(9), null, null));
        DateTimeOffset noon = new(2026, 8, 1, 16, 0, 0, TimeSpan.Zero);
        Assert.That(clock.DayOf(noon), Is.EqualTo(new DateTimeOffset(2026, 8, 1, 15, 0, 0, TimeSpan.Zero)));
    }

    [TestCase("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", 25, TestName = "Midnight comes twice")]
    [TestCase("Atlantic/Azores", "2026-10-25", "2026-10-25T00:00:00Z", 25, TestName = "Midnight comes twice by winter")]
    [TestCase("America/Havana", "2026-03-08", "2026-03-08T05:00:00Z", 23, TestName = "Midnight is skipped")]
    [TestCase("Asia/Seoul", "2026-08-01", "2026-07-31T15:00:00Z", 24, TestName = "Day like others")]
    public void Day_begins_with_its_first_moment(string zone, string date, string begins, int hours)
    {
        SiteClock clock = new(TimeZoneInfo.FindSystemTimeZoneById(zone));
        DateOnly day = DateOnly.Parse(date, CultureInfo.InvariantCulture);
        DateTimeOffset begin = clock.BeginOf(day);
        Assert.That(begin, Is.EqualTo(DateTimeOffset.Parse(begins, CultureInfo.InvariantCulture)));
        Assert.That((clock.BeginOf(day.AddDays(1)) - begin).TotalHours, Is.EqualTo(hours));
    }

    [TestCase("/market?slot=7", "/market?slot=7")]
    [TestCase("//elsewhere.example", "/")]
    [TestCase("/\\elsewhere.example", "/")]
    [TestCase("https://elsewhere.example", "/")]
    [TestCase("/a\r\nb", "/")]
    [TestCase(null, "/")]
    public void Way_back_leads_nowhere_else(string? path, string result) =>
        Assert.That(AccountEndpoints.LocalPath(path), Is.EqualTo(result));

    [Test]
    public void Password_opens_its_own_hash_only()
    {
        UserRecord user = PasswordHash.Create("anna", UserRole.Operator, "correct horse", memoryKiB: 8, passes: 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(PasswordHash.Verify(user, "correct horse"), Is.True);
            Assert.That(PasswordHash.Verify(user, "correct horsf"), Is.False);
            Assert.That(PasswordHash.Verify(user with { Passes = 99 }, "correct horse"), Is.False);
        }
    }
}
