using CsCheck;
using EnergyChain.Market.Settlement;

namespace EnergyChain.Market.Tests;

public sealed class SettledTradeTests
{
    private static readonly SettlementTerms Terms = new(Price(20), Price(100), Price(300));

    [Test]
    public void Delivered_in_full_is_paid_in_full()
    {
        SettledTrade line = SettledTrade.Of(new WattHours(2000), new WattHours(2000), Price(150), Terms);
        Assert.That(line.Paid.BaseUnits, Is.EqualTo(new System.Numerics.BigInteger(300_000)));
        Assert.That(line.Fee.BaseUnits, Is.EqualTo(new System.Numerics.BigInteger(40_000)));
        Assert.That(line.EscrowReturned, Is.EqualTo(Money.Zero));
        Assert.That(line.CollateralReturned.BaseUnits, Is.EqualTo(new System.Numerics.BigInteger(200_000)));
    }

    [Test]
    public void Shortfall_is_compensated_up_to_the_collateral()
    {
        SettledTrade line = SettledTrade.Of(new WattHours(2000), new WattHours(500), Price(150), Terms);
        Assert.That(line.Compensation.BaseUnits, Is.EqualTo(new System.Numerics.BigInteger(200_000)), "of 225000");
        Assert.That(line.EscrowReturned.BaseUnits, Is.EqualTo(new System.Numerics.BigInteger(255_000)));
        Assert.That(line.CollateralReturned, Is.EqualTo(Money.Zero));
    }

    [Test]
    public void Shortfall_of_a_trade_above_retail_costs_the_seller_nothing()
    {
        SettledTrade line = SettledTrade.Of(new WattHours(2000), WattHours.Zero, Price(301), Terms);
        Assert.That(line.Compensation, Is.EqualTo(Money.Zero));
    }

    [Test]
    public void Every_base_unit_that_was_locked_goes_somewhere()
    {
        Gen.Select(Gen.ULong[1, 100_000], Gen.ULong[0, 100_000], Gen.UInt[0, 500], Gen.UInt[0, 500]).Sample(
            (sold, exported, price, retail) =>
            {
                SettlementTerms terms = Terms with { Retail = Price(retail) };
                WattHours delivered = new(Math.Min(sold, exported));
                SettledTrade line = SettledTrade.Of(new WattHours(sold), delivered, Price(price), terms);
                Assert.That(
                    line.Paid + line.Fee + line.EscrowReturned,
                    Is.EqualTo((Price(price) + terms.GridFee).Of(new WattHours(sold))));
                Assert.That(
                    line.Compensation + line.CollateralReturned,
                    Is.EqualTo(terms.Collateral.Of(new WattHours(sold))));
                Assert.That(line.CollateralReturned, Is.GreaterThanOrEqualTo(Money.Zero));
            });
    }

    private static PricePerKwh Price(uint thousands) => new(thousands * 1000);
}
