using System.Numerics;
using EnergyChain.Client.Model;
using EnergyChain.Dashboard.Billing;
using EnergyChain.Dashboard.History;
using EnergyChain.Dashboard.Text;
using EnergyChain.Market;
using static EnergyChain.Dashboard.Tests.Billing.Rows;

namespace EnergyChain.Dashboard.Tests.Billing;

/// <summary>Bills, their periods and their files.</summary>
public sealed class BillTests
{
    private static readonly Tariff Prices = new(new PricePerKwh(300_000), new PricePerKwh(100_000));

    [Test]
    public void Buyer_pays_the_retailer_only_for_what_no_neighbour_delivered()
    {
        BillLine line = Line([Reading(FirstSlot, 1, 1_000, 0, 0, 1_000)], Bought(600, 600));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.State, Is.EqualTo(BillLineState.Counted));
            Assert.That(line.Without.Total.BaseUnits, Is.EqualTo((BigInteger)300_000));
            Assert.That(line.With.RetailCost.BaseUnits, Is.EqualTo((BigInteger)120_000));
            Assert.That(line.With.Paid.BaseUnits, Is.EqualTo((BigInteger)120_000));
            Assert.That(line.With.Fees.BaseUnits, Is.EqualTo((BigInteger)6_000));
            Assert.That(BillSums.Of([line]).Saving.BaseUnits, Is.EqualTo((BigInteger)54_000));
        }
    }

    [Test]
    public void Slot_with_an_open_trade_is_in_no_bill_yet()
    {
        BillLine line = Line([Reading(FirstSlot, 1, 1_000, 0, 0, 1_000)], Bought(600, null));
        Assert.That(line.State, Is.EqualTo(BillLineState.Open));
        Assert.That(line.Without.Total, Is.EqualTo(Money.Zero));
    }

    [Test]
    public void Slot_without_a_record_stands_apart_with_what_the_market_moved()
    {
        BillSums sums = BillSums.Of([Line([], Bought(600, 600))]);
        Assert.That((sums.NoRecord, sums.Counted), Is.EqualTo((1, 0)));
        Assert.That(sums.Unbilled.BaseUnits, Is.EqualTo((BigInteger)126_000));
    }

    [Test]
    public void Records_of_several_devices_add_up()
    {
        BillLine line = Line([Reading(FirstSlot, 1, 10, 0, 5, 15), Reading(FirstSlot, 1, 30, 0, 0, 0)]);
        Assert.That(line.Energy.Import.Value, Is.EqualTo(40));
        Assert.That(line.Energy.Charge.Value, Is.EqualTo(30));
    }

    [TestCase("2026-08-01", false)]
    [TestCase("2026-08", true)]
    public void Period_is_read_as_it_is_written(string text, bool isMonth)
    {
        Assert.That(BillPeriod.TryParse(text, out BillPeriod? period), Is.True);
        Assert.That((period!.Name, period.IsMonth), Is.EqualTo((text, isMonth)));
    }

    [TestCase("2026-13")]
    [TestCase("2026-02-30")]
    [TestCase("9999-12-31")]
    [TestCase("=1+1")]
    [TestCase("")]
    public void Anything_else_is_no_period(string text) =>
        Assert.That(BillPeriod.TryParse(text, out _), Is.False);

    [Test]
    public void Day_of_a_change_of_clocks_has_its_own_length()
    {
        SiteClock clock = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        BillPeriod.TryParse("2026-10-25", out BillPeriod? longDay);
        BillPeriod.TryParse("2026-03-29", out BillPeriod? shortDay);
        Assert.That(longDay!.Slots(clock, 900).Count, Is.EqualTo(100));
        Assert.That(shortDay!.Slots(clock, 900).Count, Is.EqualTo(92));
    }

    [Test]
    public void Hour_that_comes_twice_is_two_hours_with_two_names()
    {
        SiteClock clock = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        BillPeriod.TryParse("2026-10-25", out BillPeriod? day);
        IEnumerable<BillLine> lines = Enumerable.Range(0, 4).Select(hour => Line([], Bought(600, 600)) with
        {
            Slot = day!.Slots(clock, 3_600).From + (ulong)hour,
        });
        IReadOnlyList<BillGroup> groups = BillGroup.Of(lines, day!, clock, 3_600);
        Assert.That(
            groups.Select(group => group.Label(isMonth: false, groups)),
            Is.EqualTo(new[] { "00:00", "01:00", "02:00 +02:00", "02:00 +01:00" }));
    }

    [Test]
    public void Days_of_a_month_share_no_slot_and_leave_none_out()
    {
        SiteClock clock = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul"));
        BillPeriod.TryParse("2026-08", out BillPeriod? month);
        SlotSpan whole = month!.Slots(clock, 7);
        ulong next = whole.From;
        for (BillPeriod day = month.Day; day.First.Month == 8; day = day.Next)
        {
            SlotSpan slots = day.Slots(clock, 7);
            Assert.That(slots.From, Is.EqualTo(next));
            next = slots.To;
        }

        Assert.That(next, Is.EqualTo(whole.To));
    }

    [TestCase("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    [TestCase("+1", "\"'+1\"")]
    [TestCase("-1", "\"'-1\"")]
    [TestCase("@SUM(A1)", "\"'@SUM(A1)\"")]
    [TestCase("  =1", "\"'  =1\"")]
    [TestCase("\uFF1D1", "\"'\uFF1D1\"")]
    [TestCase("a,b", "\"a,b\"")]
    [TestCase("집 3", "집 3")]
    [TestCase("", "")]
    public void Text_in_a_file_is_never_a_formula(string text, string cell) =>
        Assert.That(CsvCell.Text(text), Is.EqualTo(cell));

    [TestCase("-1", "-0.000000000000000001")]
    [TestCase("1500000000000000000", "1.5")]
    public void Coin_in_a_file_is_exact(string units, string cell) =>
        Assert.That(CsvCell.Coin(BigInteger.Parse(units)), Is.EqualTo(cell));

    [Test]
    public void Row_has_a_cell_for_each_column_and_none_for_what_is_not_known()
    {
        BillCsv csv = new(1, "home", new SiteClock(TimeZoneInfo.Utc), SlotSeconds);
        string[] names = BillCsv.Header.Split(',');
        string[] cells = csv.Row(Line([], Bought(600, 600))).Split(',');
        string Cell(string name) => cells[Array.IndexOf(names, name)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cells, Has.Length.EqualTo(names.Length));
            Assert.That(Cell("record"), Is.EqualTo("missing"));
            Assert.That(Cell("load_wh"), Is.Empty);
            Assert.That(Cell("bill_with_market_enc"), Is.Empty);
            Assert.That(Cell("received_wh"), Is.EqualTo("600"));
            Assert.That(Cell("start"), Is.EqualTo("2026-05-28T00:00:00+00:00"));
        }
    }

    private static TradeInfo Bought(ulong energyWh, ulong? deliveredWh) => Trade(
        FirstSlot,
        1,
        2,
        1,
        energyWh,
        200_000,
        deliveredWh is { } delivered ? Settled(energyWh, delivered, 200_000, 10_000, 0) : null);

    private static BillLine Line(ReadingInfo[] readings, params TradeInfo[] trades)
    {
        Dictionary<ulong, MeteredSlot> metered = [];
        foreach (ReadingInfo reading in readings)
        {
            metered[reading.Slot] = metered.GetValueOrDefault(reading.Slot).With(reading);
        }

        Dictionary<ulong, Tariff> tariffs = new() { [FirstSlot] = Prices };
        return BillBuilder.Lines(1, metered, trades, tariffs, new Dictionary<ulong, BigInteger>()).Single();
    }
}
