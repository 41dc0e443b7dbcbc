using System.Globalization;
using EnergyChain.Dashboard.Text;
using EnergyChain.Market;
using EnergyChain.Market.Accounting;

namespace EnergyChain.Dashboard.Billing;

/// <summary>
/// A bill slot by slot, so that it can be checked by hand: energy in Wh, money in ENC with every decimal, times with
/// their offset. Cells of a slot that is in no bill are empty rather than zero.
/// </summary>
/// <param name="site">The site.</param>
/// <param name="name">What its owner calls it.</param>
/// <param name="clock">For times.</param>
/// <param name="slotSeconds">Seconds of a slot.</param>
/// <param name="erased">Records of the stretch that were erased; the chain does not say of which slots.</param>
public sealed class BillCsv(uint site, string name, SiteClock clock, ulong slotSeconds, int erased = 0)
{
    private static readonly (string Name, Func<BillLine, string> Value)[] Columns =
    [
        ("in_bill", line => line.State switch
        {
            BillLineState.Counted => "yes",
            BillLineState.Open => "not settled",
            _ => "no record",
        }),
        ("load_wh", line => Metered(line, energy => energy.Load)),
        ("production_wh", line => Metered(line, energy => energy.Production)),
        ("charge_wh", line => Metered(line, energy => energy.Charge)),
        ("discharge_wh", line => Metered(line, energy => energy.Discharge)),
        ("battery_wh", line => Metered(line, energy => energy.StateOfCharge)),
        ("import_wh", line => Metered(line, energy => energy.Import)),
        ("export_wh", line => Metered(line, energy => energy.Export)),
        ("sold_wh", line => Wh(line.Energy.Sold)),
        ("bought_wh", line => Wh(line.Energy.Bought)),
        ("delivered_wh", line => Wh(line.Energy.Delivered)),
        ("received_wh", line => Wh(line.Energy.Received)),
        ("retail_enc_per_kwh", line => line.Tariff is { } tariff ? CsvCell.Coin(tariff.Retail.BaseUnits) : ""),
        ("feed_in_enc_per_kwh", line => line.Tariff is { } tariff ? CsvCell.Coin(tariff.FeedIn.BaseUnits) : ""),
        ("without_cost_enc", line => Billed(line, line.Without.Costs)),
        ("without_revenue_enc", line => Billed(line, line.Without.Revenue)),
        ("retail_cost_enc", line => Billed(line, line.With.RetailCost)),
        ("paid_enc", line => Coin(line.Energy.Paid)),
        ("fees_enc", line => Coin(line.Energy.Fees)),
        ("compensation_paid_enc", line => Coin(line.Energy.CompensationPaid)),
        ("feed_in_revenue_enc", line => Billed(line, line.With.FeedInRevenue)),
        ("earned_enc", line => Coin(line.Energy.Earned)),
        ("compensation_received_enc", line => Coin(line.Energy.CompensationReceived)),
        ("bill_without_market_enc", line => Billed(line, line.Without.Total)),
        ("bill_with_market_enc", line => Billed(line, line.With.Total)),
        ("saving_enc", line => Billed(line, line.Without.Total - line.With.Total)),
        ("rewards_enc", line => Coin(line.Energy.Rewards)),
    ];

    /// <summary>The first row.</summary>
    public static string Header =>
        string.Join(',', ["slot", "start", "site", "name", "record", .. Columns.Select(c => c.Name)]);

    /// <summary>A slot's row, without a line end.</summary>
    public string Row(BillLine line) => string.Join(',',
    [
        line.Slot.ToString(CultureInfo.InvariantCulture),
        clock.Of(DateTimeOffset.FromUnixTimeSeconds((long)(line.Slot * slotSeconds)))
            .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        site.ToString(CultureInfo.InvariantCulture),
        CsvCell.Text(name),
        line.State != BillLineState.NoRecord
            ? (line.IsLate ? "late" : "ok")
            : erased > 0 ? "missing or erased" : "missing",
        .. Columns.Select(column => column.Value(line)),
    ]);

    private static string Metered(BillLine line, Func<SiteSlot, WattHours> energy) =>
        line.State == BillLineState.NoRecord ? "" : Wh(energy(line.Energy));

    private static string Billed(BillLine line, Money money) =>
        line.State == BillLineState.Counted ? Coin(money) : "";

    private static string Wh(WattHours energy) => energy.Value.ToString(CultureInfo.InvariantCulture);

    private static string Coin(Money money) => CsvCell.Coin(money.BaseUnits);
}
