using System.Numerics;
using CsCheck;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Tests.Site;

[TestFixture]
internal sealed class OrderStrategyTests
{
    private static readonly PriceRange Range = new(50_000, 200_000, 20_000);

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
                PriceRange range = new((BigInteger)low * 1_000, ((BigInteger)low + room) * 1_000, 20_000);
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

    [TestCase(1_000, OrderSide.Sell)]
    [TestCase(-1_000, OrderSide.Buy)]
    public void Planner_without_a_record_trades_half_of_the_forecast(long netExportWh, OrderSide side) =>
        Assert.That(PlannerOf(new()).Plan(1, 1, netExportWh, Range), Is.EqualTo(new OrderDraft(side, 500, 125_000)));

    [Test]
    public void Planner_trades_what_forecasts_of_the_side_held()
    {
        SlotHistory history = new();
        ForecastRecord record = new();
        for (long slot = 0; slot < ForecastRecord.Kept; slot++)
        {
            record.Remember(slot, slot % 2 == 0 ? 1_000 : -1_000);
            history.Add(new SlotEnergy(slot, 0, 0, slot % 2 == 0 ? 100 : -2_000));
            record.Measure(history);
        }

        Assert.That(PlannerOf(record).Plan(1, 99, 1_000, Range)!.EnergyWh, Is.EqualTo(100), "sales fell short");
        Assert.That(PlannerOf(record).Plan(1, 99, -1_000, Range)!.EnergyWh, Is.EqualTo(1_000), "needs did not");
    }

    [Test]
    public void Record_counts_the_wrong_side_as_nothing_and_skips_unmeasured_slots()
    {
        SlotHistory history = new();
        ForecastRecord record = new();
        for (long slot = 0; slot < 20; slot++)
        {
            record.Remember(slot, 1_000);
            history.Add(new SlotEnergy(slot, 0, 0, slot < 10 ? -5_000 : null));
        }

        record.Measure(history);
        Assert.That(record.SharePermille(OrderSide.Sell, 700), Is.Zero);
        Assert.That(record.SharePermille(OrderSide.Sell, 999), Is.EqualTo(1_000), "one of the prior is left");
    }

    [TestCase(39)]
    [TestCase(0)]
    public void Planner_leaves_small_energies_alone(long netExportWh) =>
        Assert.That(PlannerOf(new()).Plan(1, 1, netExportWh, Range), Is.Null);

    [Test]
    public void Planner_does_not_trade_where_no_price_serves_both()
    {
        PriceRange range = PriceRange.Of(retail: 100_000, feedIn: 90_000, gridFee: 20_000);
        Assert.That(new OrderPlanner(new TruthfulStrategy(), new(), 20).Plan(1, 1, 5_000, range), Is.Null);
    }

    private static OrderPlanner PlannerOf(ForecastRecord record) => new(new MidpointStrategy(), record, 20);

    private static BigInteger[] Draws(ulong seed, uint site) =>
        [.. Enumerable.Range(0, 50).Select(slot =>
            new ZeroIntelligenceStrategy(seed).LimitPerKwh(OrderSide.Buy, site, slot, Range))];
}
