using CsCheck;
using EnergyChain.Market.Accounting;

namespace EnergyChain.Market.Tests;

public sealed class BillTests
{
    private static readonly Tariff Tariff = new(new PricePerKwh(300_000), new PricePerKwh(50_000));

    [Test]
    public void Without_market_import_costs_retail_and_export_earns_feed_in()
    {
        SiteSlot slot = new() { Import = new WattHours(2000), Export = new WattHours(1000) };
        Assert.That(Bill.WithoutMarket(slot, Tariff).Total.ToString(), Is.EqualTo("550000"));
    }

    [Test]
    public void Buyer_that_did_not_use_what_it_bought_feeds_it_in()
    {
        SiteSlot slot = new()
        {
            Import = new WattHours(1000),
            Bought = new WattHours(3000),
            Received = new WattHours(3000),
            Paid = new Money(450_000),
            Fees = new Money(60_000),
        };
        Bill bill = Bill.WithMarket(slot, Tariff);
        Assert.That(bill.RetailCost, Is.EqualTo(Money.Zero));
        Assert.That(bill.Total.ToString(), Is.EqualTo("410000"));
    }

    [Test]
    public void Site_that_does_not_trade_pays_the_same()
    {
        Gen.Select(Gen.ULong[0, 9999], Gen.ULong[0, 9999]).Sample((import, export) =>
        {
            SiteSlot slot = new() { Import = new WattHours(import), Export = new WattHours(export) };
            Assert.That(Bill.WithMarket(slot, Tariff), Is.EqualTo(Bill.WithoutMarket(slot, Tariff)));
        });
    }

    [Test]
    public void A_trade_between_two_sites_moves_the_communitys_bill_by_what_stays_inside()
    {
        // The buyer saves retail, the seller forgoes feed-in, the fee goes to the grid; the price itself cancels.
        SiteSlot seller = new()
        {
            Export = new WattHours(1000),
            Sold = new WattHours(1000),
            Delivered = new WattHours(1000),
            Earned = new Money(150_000),
        };
        SiteSlot buyer = new()
        {
            Import = new WattHours(1000),
            Bought = new WattHours(1000),
            Received = new WattHours(1000),
            Paid = new Money(150_000),
            Fees = new Money(20_000),
        };
        Money without = (Bill.WithoutMarket(seller, Tariff) + Bill.WithoutMarket(buyer, Tariff)).Total;
        Money with = (Bill.WithMarket(seller, Tariff) + Bill.WithMarket(buyer, Tariff)).Total;
        Assert.That((without - with).ToString(), Is.EqualTo("230000"));
        Assert.That(KeyFigures.Saving(without, with).Value, Is.EqualTo(920_000));
    }
}
