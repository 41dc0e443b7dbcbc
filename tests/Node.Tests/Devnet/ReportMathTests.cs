using System.Numerics;
using System.Text.Json;
using CsCheck;
using EnergyChain.Node.Devnet.Report;

namespace EnergyChain.Node.Tests.Devnet;

[TestFixture]
internal sealed class ReportMathTests
{
    private const long Retail = 220_000;
    private const long FeedIn = 50_000;

    [Test]
    public void Bill_without_market_is_import_less_export()
    {
        MeteredEnergy metered = new(LoadWh: 3_000, PvWh: 0, ImportWh: 3_000, ExportWh: 0, SocWh: 0);
        Assert.That(Bill.WithoutMarket(metered, Retail, FeedIn), Is.EqualTo((BigInteger)660_000));
    }

    [Test]
    public void Buyer_pays_the_market_for_what_it_received()
    {
        MeteredEnergy metered = new(3_000, 0, ImportWh: 3_000, ExportWh: 0, SocWh: 0);
        SiteMoney money = new() { BoughtWh = 1_000, ReceivedWh = 1_000, Paid = 125_000, Fees = 20_000 };
        BigInteger expected = (2 * Retail) + 125_000 + 20_000;
        Assert.That(Bill.WithMarket(metered, money, Retail, FeedIn), Is.EqualTo(expected));
    }

    [Test]
    public void What_a_buyer_cannot_use_earns_the_feed_in_tariff()
    {
        MeteredEnergy metered = new(400, 0, ImportWh: 400, ExportWh: 0, SocWh: 0);
        SiteMoney money = new() { BoughtWh = 1_000, ReceivedWh = 1_000, Paid = 125_000, Fees = 20_000 };
        BigInteger expected = 145_000 - (600 * FeedIn / 1_000);
        Assert.That(Bill.WithMarket(metered, money, Retail, FeedIn), Is.EqualTo(expected));
    }

    [Test]
    public void Seller_gets_the_feed_in_tariff_for_the_rest_and_pays_for_its_shortfall()
    {
        MeteredEnergy metered = new(0, 2_000, ImportWh: 0, ExportWh: 2_000, SocWh: 0);
        SiteMoney money = new() { SoldWh = 1_500, DeliveredWh = 1_500, Earned = 187_500, CompensationPaid = 9_000 };
        BigInteger expected = 9_000 - 187_500 - (500 * FeedIn / 1_000);
        Assert.That(Bill.WithMarket(metered, money, Retail, FeedIn), Is.EqualTo(expected));
    }

    [Test]
    public void Without_trades_both_bills_are_equal() =>
        Gen.Select(Gen.Long[0, 50_000], Gen.Long[0, 50_000], Gen.Bool).Sample((load, pv, dear) =>
        {
            MeteredEnergy metered = new(load, pv, Math.Max(0, load - pv), Math.Max(0, pv - load), 0);
            BigInteger retail = dear ? 540_000 : Retail;
            return Bill.WithMarket(metered, SiteMoney.Zero, retail, FeedIn)
                == Bill.WithoutMarket(metered, retail, FeedIn);
        });

    [TestCase(500, 2_000, 0, 300, 1_200, 0)]
    [TestCase(2_000, 500, 300, 0, 0, 1_200)]
    [TestCase(1_000, 1_000, 0, 0, 0, 0)]
    public void Battery_flow_closes_the_balance(
        long load, long pv, long import, long export, long charge, long discharge)
    {
        MeteredEnergy metered = new(load, pv, import, export, 0);
        Assert.That(metered.ChargeWh, Is.EqualTo(charge));
        Assert.That(metered.DischargeWh, Is.EqualTo(discharge));
        Assert.That(pv + import + metered.DischargeWh, Is.EqualTo(load + export + metered.ChargeWh));
    }

    [TestCase(200, 50, 25.0)]
    [TestCase(-200, 50, 25.0)]
    [TestCase(-200, -50, -25.0)]
    public void Saving_is_positive_where_the_market_saved(int without, int saved, double percent) =>
        Assert.That(Share.Percent(saved, without), Is.EqualTo(percent));

    [Test]
    public void Slot_without_record_is_in_neither_bill()
    {
        SiteSums sums = new();
        SiteMoney money = new() { SoldWh = 1_000, CompensationPaid = 90 };
        sums.Add(null, money, new SlotFacts { Retail = Retail, FeedIn = FeedIn });
        SiteRow row = sums.ToRow(new ReportSite(1, "home_01", default, IsMetered: true), 0);
        Assert.That(row.MissingSlots, Is.EqualTo(1));
        Assert.That(row.BillWithoutMarket, Is.EqualTo(BigInteger.Zero));
        Assert.That(row.BillWithMarket, Is.EqualTo(BigInteger.Zero));
        Assert.That(row.CompensationPaid, Is.EqualTo((BigInteger)90));
        Assert.That(row.SocWhEnd, Is.Zero);
    }

    [Test]
    public void Percentiles_are_nearest_rank()
    {
        Distribution hundred = Distribution.Of(Enumerable.Range(1, 100).Select(value => (double)value));
        Assert.That(hundred, Is.EqualTo(new Distribution(100, 50.5, 50, 99, 100)));
        Assert.That(Distribution.Of([7]), Is.EqualTo(new Distribution(1, 7, 7, 7, 7)));
        Assert.That(Distribution.Of([]).Mean, Is.Null);
    }

    [Test]
    public void Money_is_written_as_decimal_strings_under_snake_case_names()
    {
        SlotRow row = new()
        {
            Slot = 5,
            Start = "2016-08-01T00:00",
            Retail = BigInteger.Pow(10, 30),
            FeedIn = 0,
            ClearingPrice = 125_000,
            ClearedWh = 900,
            Orders = 2,
            Trades = 1,
            DeliveredWh = 900,
            MissingRecords = 0,
            Settled = true,
        };
        using JsonDocument json = JsonDocument.Parse(RunReportFile.ToText(ReportSamples.With(row)));
        JsonElement slot = json.RootElement.GetProperty("slots")[0];
        Assert.That(slot.GetProperty("retail").GetString(), Is.EqualTo("1" + new string('0', 30)));
        Assert.That(slot.GetProperty("clearing_price").GetString(), Is.EqualTo("125000"));
        Assert.That(slot.GetProperty("cleared_wh").GetInt64(), Is.EqualTo(900));
        JsonElement interval = json.RootElement.GetProperty("chain").GetProperty("interval_ms");
        Assert.That(interval.GetProperty("p99").GetDouble(), Is.EqualTo(1_000));
    }

    [Test]
    public void Sound_report_has_no_discrepancy() =>
        Assert.That(ReportCheck.Run(ReportSamples.Sound, 0, 70), Is.Empty);

    [Test]
    public void Every_broken_sum_is_found()
    {
        RunReport sound = ReportSamples.Sound;
        Assert.That(
            ReportCheck.Run(sound with { Totals = sound.Totals with { EscrowLeft = 1 } }, 0, 70),
            Is.EqualTo(new[] { "escrow of 1 is left" }));
        Assert.That(
            ReportCheck.Run(sound with { Totals = sound.Totals with { SupplyAfter = 1_071 } }, 0, 70),
            Is.EqualTo(new[] { "supply grew by 71, rewards are 70" }));
        Assert.That(
            ReportCheck.Run(sound with { Chain = sound.Chain with { AllNodesAgree = false } }, 0, 70),
            Has.Count.EqualTo(1));
        SiteSlotRow late = sound.SiteSlots[0] with { Record = "late", DeliveredWh = 1, ReceivedWh = 0 };
        Assert.That(
            ReportCheck.Run(sound with { SiteSlots = [late] }, 0, 70),
            Has.Some.Contains("home_01 delivered 1 Wh of 0 exported"));
    }
}
