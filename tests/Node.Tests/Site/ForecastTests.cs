using EnergyChain.Node.Site;

namespace EnergyChain.Node.Tests.Site;

[TestFixture]
internal sealed class ForecastTests
{
    private static readonly SlotCalendar Hours = new(0, new DateTime(2016, 8, 1), TimeSpan.FromHours(1));
    private static readonly ClearSky Sky = new(34.1, 0);

    [Test]
    public void Nothing_known_forecasts_nothing() =>
        Assert.That(Forecaster(new SlotHistory()).NetExportWh(5, 0), Is.Zero);

    [Test]
    public void Night_has_no_production()
    {
        SlotHistory history = new();
        history.Add(new SlotEnergy(12, 500, 3_000));
        Assert.That(Forecaster(history).ProducedWh(23), Is.Zero);
    }

    [Test]
    public void Clear_sky_persistence_follows_the_sun()
    {
        SlotHistory history = new();
        history.Add(new SlotEnergy(13, 0, 2_800));
        history.Add(new SlotEnergy(14, 0, 2_400));
        NetForecaster forecaster = Forecaster(history);
        Assert.That(forecaster.ProducedWh(16), Is.LessThan(2_000).And.GreaterThan(500));
        Assert.That(forecaster.ProducedWh(15), Is.GreaterThan(forecaster.ProducedWh(16)));
    }

    [Test]
    public void Production_never_exceeds_the_installed_power()
    {
        SlotHistory history = new();
        history.Add(new SlotEnergy(7, 0, 3_900));
        Assert.That(Forecaster(history).ProducedWh(12), Is.EqualTo(4_000));
    }

    [Test]
    public void Load_is_the_mean_of_yesterday_and_the_last_slots()
    {
        SlotHistory history = new();
        history.Add(new SlotEnergy(2, 1_000, 0));
        history.Add(new SlotEnergy(23, 400, 0));
        history.Add(new SlotEnergy(24, 600, 0));
        Assert.That(Forecaster(history).LoadWh(26), Is.EqualTo((1_000 + 500) / 2));
    }

    [Test]
    public void Battery_takes_the_surplus_before_it_is_offered()
    {
        SlotHistory history = new();
        history.Add(new SlotEnergy(11, 0, 2_000));
        BatteryOutlook battery = new(6_000, 5_000, 900);
        NetForecaster forecaster = new(history, Hours, Sky, battery, 4_000);
        Assert.That(forecaster.NetExportWh(12, storedWh: 0), Is.Zero);
        Assert.That(forecaster.NetExportWh(12, storedWh: 6_000), Is.GreaterThan(1_500));
    }

    [Test]
    public void Forecast_does_not_know_the_slots_to_come()
    {
        // The same past with any future gives the same forecast: the history holds no later slot by construction.
        SlotHistory history = new();
        history.Add(new SlotEnergy(10, 700, 1_500));
        long before = Forecaster(history).NetExportWh(12, 0);
        history.Add(new SlotEnergy(12, 9_999, 0));
        Assert.That(Forecaster(history).NetExportWh(12, 0), Is.Zero, "a measured slot is no forecast");
        Assert.That(before, Is.Not.Zero);
    }

    [Test]
    public void History_keeps_the_newest_slots()
    {
        SlotHistory history = new();
        for (long slot = 0; slot < SlotHistory.Capacity + 10; slot++)
        {
            history.Add(new SlotEnergy(slot, slot, 0));
        }

        Assert.That(history.TryGet(9, out _), Is.False);
        Assert.That(history.TryGet(10, out _), Is.True);
        Assert.That(history.Latest!.Value.Slot, Is.EqualTo(SlotHistory.Capacity + 9));
    }

    [TestCase(1_000, 0, 0, 900)]
    [TestCase(1_000, 5_900, 889, 5_999)]
    [TestCase(-1_000, 400, -600, 0)]
    [TestCase(-9_000, 6_000, -4_000, 1_000)]
    public void Battery_step_stores_surplus_and_serves_demand(long net, long stored, long metered, long storedAfter)
    {
        BatteryOutlook battery = new(6_000, 5_000, 900);
        Assert.That(battery.Step(net, ref stored), Is.EqualTo(metered));
        Assert.That(stored, Is.EqualTo(storedAfter));
    }

    private static NetForecaster Forecaster(SlotHistory history) =>
        new(history, Hours, Sky, BatteryOutlook.None, 4_000);
}
