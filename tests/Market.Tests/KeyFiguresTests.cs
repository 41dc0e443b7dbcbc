using EnergyChain.Market.Accounting;

namespace EnergyChain.Market.Tests;

public sealed class KeyFiguresTests
{
    private static readonly SiteSlot[] Slots =
    [
        new()
        {
            Load = new WattHours(4000),
            Import = new WattHours(3000),
            Received = new WattHours(1000),
            Production = new WattHours(1000),
        },
        new()
        {
            Load = new WattHours(1000),
            Production = new WattHours(3000),
            Export = new WattHours(2000),
            Sold = new WattHours(1250),
            Delivered = new WattHours(1000),
        },
    ];

    [Test]
    public void Shares_of_demand_and_production_are_exact()
    {
        Assert.That(KeyFigures.SelfSufficiency(Slots).Value, Is.EqualTo(400_000));
        Assert.That(KeyFigures.CommunitySelfSufficiency(Slots).Value, Is.EqualTo(600_000));
        Assert.That(KeyFigures.SelfConsumption(Slots).Value, Is.EqualTo(500_000));
        Assert.That(KeyFigures.CommunitySelfConsumption(Slots).Value, Is.EqualTo(750_000));
        Assert.That(KeyFigures.DeliveredShare(Slots).Value, Is.EqualTo(800_000));
    }

    [Test]
    public void Volatility_is_deviation_over_mean()
    {
        Assert.That(KeyFigures.Volatility([new(2000), new(4000)]).Value, Is.EqualTo(333_333));
        Assert.That(KeyFigures.Volatility([new(2000), new(2000)]).Value, Is.Zero);
        Assert.That(KeyFigures.Volatility([]).Value, Is.Zero);
    }

    [Test]
    public void Concentration_of_a_monopoly_is_the_whole()
    {
        Assert.That(KeyFigures.Concentration([new WattHours(5), WattHours.Zero]).Value, Is.EqualTo(1_000_000));
        Assert.That(KeyFigures.Concentration([new WattHours(5), new WattHours(5)]).Value, Is.EqualTo(500_000));
        Assert.That(KeyFigures.Concentration([]).Value, Is.Zero);
    }

    [TestCase(123_456L, ExpectedResult = "12.3456")]
    [TestCase(-5L, ExpectedResult = "-0.0005")]
    public string Percent_has_four_decimals(long partsPerMillion) => new PartsPerMillion(partsPerMillion).ToPercent();
}
