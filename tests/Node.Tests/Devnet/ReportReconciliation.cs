using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace EnergyChain.Node.Tests.Devnet;

/// <summary>
/// Reconciles a report with the input data. Everything is computed anew from the CSV and the report's own lines; none
/// of the code under test is used.
/// </summary>
internal sealed class ReportReconciliation
{
    private readonly JsonElement _report;
    private readonly Dictionary<string, (decimal Load, decimal Pv)> _homes = [];
    private readonly Dictionary<string, decimal> _retail = [];

    public ReportReconciliation(JsonElement report, string dataFolder)
    {
        _report = report;
        foreach (string[] row in Rows(Path.Combine(dataFolder, "grid.csv")))
        {
            _retail[row[0]] = Number(row[1]);
        }

        foreach (JsonElement site in report.GetProperty("sites").EnumerateArray())
        {
            string home = site.GetProperty("home").GetString()!;
            foreach (string[] row in Rows(Path.Combine(dataFolder, home + ".csv")))
            {
                _homes[home + row[0]] = (Number(row[1]), Number(row[2]));
            }
        }
    }

    private JsonElement[] SiteSlots => [.. _report.GetProperty("site_slots").EnumerateArray()];

    /// <summary>Asserts everything that must hold of a run; slots whose record is missing are told apart.</summary>
    public void Check(decimal feedIn)
    {
        using (Assert.EnterMultipleScope())
        {
            CheckInput();
            CheckFlows();
            CheckBills(feedIn);
            CheckTotals();
        }
    }

    // Load and PV are the CSV's within 1 Wh, tariffs are the CSV's exactly.
    private void CheckInput()
    {
        Dictionary<long, string> starts = [];
        foreach (JsonElement slot in _report.GetProperty("slots").EnumerateArray())
        {
            string start = slot.GetProperty("start").GetString()!;
            starts[slot.GetProperty("slot").GetInt64()] = start;
            BigInteger retail = new(_retail[start] * 1_000_000_000_000_000_000m);
            Assert.That(Money(slot, "retail"), Is.EqualTo(retail), start);
            Assert.That(slot.GetProperty("settled").GetBoolean(), Is.True, start);
        }

        foreach (JsonElement row in SiteSlots.Where(HasRecord))
        {
            string key = row.GetProperty("home").GetString()! + starts[row.GetProperty("slot").GetInt64()];
            Assert.That((decimal)Wh(row, "load_wh"), Is.EqualTo(_homes[key].Load * 1_000).Within(1m), key);
            Assert.That((decimal)Wh(row, "pv_wh"), Is.EqualTo(_homes[key].Pv * 1_000).Within(1m), key);
        }
    }

    private void CheckFlows()
    {
        foreach (JsonElement row in SiteSlots)
        {
            string name = $"{row.GetProperty("home")} {row.GetProperty("slot")}";
            long delivered = Wh(row, "delivered_wh");
            if (!HasRecord(row))
            {
                Assert.That(delivered, Is.Zero, name);
                continue;
            }

            Assert.That(
                Wh(row, "pv_wh") + Wh(row, "import_wh") + Wh(row, "discharge_wh"),
                Is.EqualTo(Wh(row, "load_wh") + Wh(row, "export_wh") + Wh(row, "charge_wh")),
                name);
            Assert.That(delivered, Is.LessThanOrEqualTo(Wh(row, "export_wh")), name);
            Assert.That(delivered, Is.LessThanOrEqualTo(Wh(row, "sold_wh")), name);
        }

        Assert.That(Sum("delivered_wh"), Is.EqualTo(Sum("received_wh")), "delivered and received");
        Assert.That(Sum("sold_wh"), Is.EqualTo(Sum("bought_wh")), "sold and bought");
        Assert.That(MoneySum("paid"), Is.EqualTo(MoneySum("earned")));
        Assert.That(MoneySum("compensation_paid"), Is.EqualTo(MoneySum("compensation_received")));
        BigInteger fee = Money(_report.GetProperty("parameters"), "grid_fee");
        Assert.That(MoneySum("fees"), Is.EqualTo(fee * Sum("received_wh") / 1_000));
    }

    private void CheckBills(decimal feedInPrice)
    {
        BigInteger feedIn = new(feedInPrice * 1_000_000_000_000_000_000m);
        Dictionary<long, BigInteger> retail = _report.GetProperty("slots").EnumerateArray()
            .ToDictionary(slot => slot.GetProperty("slot").GetInt64(), slot => Money(slot, "retail"));
        foreach (JsonElement site in _report.GetProperty("sites").EnumerateArray())
        {
            string home = site.GetProperty("home").GetString()!;
            BigInteger without = 0;
            BigInteger with = 0;
            foreach (JsonElement row in SiteSlots.Where(row => row.GetProperty("home").GetString() == home))
            {
                if (!HasRecord(row))
                {
                    continue;
                }

                BigInteger dear = retail[row.GetProperty("slot").GetInt64()];
                with += Money(row, "paid") + Money(row, "fees") + Money(row, "compensation_paid")
                    - Money(row, "earned") - Money(row, "compensation_received");
                long import = Wh(row, "import_wh");
                long export = Wh(row, "export_wh");
                long received = Wh(row, "received_wh");
                without += ((dear * import) - (feedIn * export)) / 1_000;
                with += ((dear * Math.Max(0, import - received))
                    - (feedIn * Math.Max(0, received - import))
                    - (feedIn * (export - Wh(row, "delivered_wh")))) / 1_000;
            }

            Assert.That(Money(site, "bill_without_market"), Is.EqualTo(without), home);
            Assert.That(Money(site, "bill_with_market"), Is.EqualTo(with), home);
        }
    }

    private void CheckTotals()
    {
        JsonElement totals = _report.GetProperty("totals");
        Assert.That(Money(totals, "supply_after") - Money(totals, "supply_before"), Is.EqualTo(MoneySum("rewards")));
        BigInteger reward = Money(_report.GetProperty("parameters"), "reward");
        BigInteger produced = SiteSlots.Where(HasRecord).Sum(row => Wh(row, "pv_wh"));
        Assert.That(MoneySum("rewards"), Is.EqualTo(reward * produced / 1_000), "reward per verified kWh");
        Assert.That(Money(totals, "escrow_left"), Is.EqualTo(BigInteger.Zero));
        Assert.That(Money(totals, "collateral_left"), Is.EqualTo(BigInteger.Zero));
        Assert.That(_report.GetProperty("chain").GetProperty("all_nodes_agree").GetBoolean(), Is.True);
        Assert.That(_report.GetProperty("discrepancies").GetArrayLength(), Is.Zero);
        long load = SiteSlots.Where(HasRecord).Sum(row => Wh(row, "load_wh"));
        long import = SiteSlots.Where(HasRecord).Sum(row => Wh(row, "import_wh"));
        Assert.That(
            totals.GetProperty("self_sufficiency").GetDouble(),
            Is.EqualTo((double)(load - import) / load).Within(1e-6));
    }

    private static bool HasRecord(JsonElement row) => row.GetProperty("record").GetString() != "missing";

    private static long Wh(JsonElement row, string name) => row.GetProperty(name).GetInt64();

    private static BigInteger Money(JsonElement row, string name) =>
        BigInteger.Parse(
            row.GetProperty(name).GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private long Sum(string name) => SiteSlots.Sum(row => Wh(row, name));

    private BigInteger MoneySum(string name) =>
        SiteSlots.Aggregate(BigInteger.Zero, (sum, row) => sum + Money(row, name));

    private static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(file).Skip(1).Select(line => line.Split(','));

    private static decimal Number(string text) =>
        decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
