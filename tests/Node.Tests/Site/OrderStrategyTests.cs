using System.Numerics;
using CsCheck;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Tests.Site;

[TestFixture]
internal sealed class OrderStrategyTests
{
    private static readonly PriceRange Range = new(50_000, 200_000);

    [Test]
    public void Midpoint_is_the_middle_for_both_sides()
    {
        MidpointStrategy strategy = new();
        Assert.That(strategy.LimitPerKwh(OrderSide.Buy, 1, 1, Range), Is.EqualTo((BigInteger)125_000));
        Assert.That(strategy.LimitPerKwh(OrderSide.Sell, 1, 1, Range), Is.EqualTo((BigInteger)125_000));
    }

    [Test]
    public void Truthful_names_the_own_limit()
    {
        TruthfulStrategy strategy = new();
        Assert.That(strategy.LimitPerKwh(OrderSide.Buy, 1, 1, Range), Is.EqualTo(Range.High));
        Assert.That(strategy.LimitPerKwh(OrderSide.Sell, 1, 1, Range), Is.EqualTo(Range.Low));
    }

    [Test]
    public void Every_strategy_stays_in_the_range_on_the_price_step()
    {
        Gen.Select(Gen.ULong[0, 1_000_000], Gen.ULong[0, 1_000_000], Gen.UInt, Gen.Long[0, long.MaxValue], Gen.ULong)
            .Sample((low, room, site, slot, seed) =>
            {
                PriceRange range = new((BigInteger)low * 1_000, ((BigInteger)low + room) * 1_000);
                return OrderStrategies.Names.All(name =>
                    new[] { OrderSide.Buy, OrderSide.Sell }.All(side =>
                    {
                        BigInteger price = OrderStrategies.Create(name, seed).LimitPerKwh(side, site, slot, range);
                        return price >= range.Low && price <= range.High && price % PriceRange.Step == 0;
                    }));
            });
    }

    [Test]
    public void Zero_intelligence_repeats_with_its_seed_and_differs_between_sites()
    {
        BigInteger[] first = Draws(seed: 1, site: 1);
        Assert.That(Draws(seed: 1, site: 1), Is.EqualTo(first));
        Assert.That(Draws(seed: 2, site: 1), Is.Not.EqualTo(first));
        Assert.That(Draws(seed: 1, site: 2), Is.Not.EqualTo(first));
        Assert.That(first.Distinct().Count(), Is.GreaterThan(10));
    }

    [Test]
    public void Unknown_name_lists_the_names()
    {
        ArgumentException? error = Assert.Throws<ArgumentException>(() => OrderStrategies.Create("greedy", 1));
        Assert.That(error!.Message, Does.Contain("greedy").And.Contain("midpoint, truthful, zero-intelligence"));
    }

    [TestCase(1_000, OrderSide.Sell, 900u)]
    [TestCase(-1_000, OrderSide.Buy, 900u)]
    public void Planner_trades_its_share_of_the_forecast(long netExportWh, OrderSide side, uint energyWh)
    {
        OrderDraft? draft = new OrderPlanner(new MidpointStrategy(), 90, 20).Plan(1, 1, netExportWh, Range);
        Assert.That(draft, Is.EqualTo(new OrderDraft(side, energyWh, 125_000)));
    }

    [TestCase(21)]
    [TestCase(0)]
    public void Planner_leaves_small_energies_alone(long netExportWh) =>
        Assert.That(new OrderPlanner(new MidpointStrategy(), 90, 20).Plan(1, 1, netExportWh, Range), Is.Null);

    [Test]
    public void Planner_does_not_trade_where_no_price_serves_both()
    {
        PriceRange range = PriceRange.Of(retail: 100_000, feedIn: 90_000, gridFee: 20_000);
        Assert.That(new OrderPlanner(new TruthfulStrategy(), 90, 20).Plan(1, 1, 5_000, range), Is.Null);
    }

    private static BigInteger[] Draws(ulong seed, uint site) =>
        [.. Enumerable.Range(0, 50).Select(slot =>
            new ZeroIntelligenceStrategy(seed).LimitPerKwh(OrderSide.Buy, site, slot, Range))];
}
