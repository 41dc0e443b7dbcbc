using EnergyChain.Devices.Meters;

namespace EnergyChain.Devices.Tests.Meters;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EdgeHistoryTests
{
    private readonly EdgeHistory _history = new();

    [TestCase(1000, 5_000, 100)]
    [TestCase(1100, 5_025, 150)]
    [TestCase(1333, 5_083, 266)]
    [TestCase(1400, 5_100, 300)]
    public void Edge_lies_on_the_line_between_its_readings_rounded_down(long timeMs, long totalIn, long totalOut)
    {
        _history.AddPoint(1000, new Edge(5_000, 100, 0, null, 0));
        _history.AddPoint(1400, new Edge(5_100, 300, 0, 77, 0));
        Edge edge = _history.Interpolate(timeMs, 400)!.Value;
        Assert.That((edge.TotalInMilliWh, edge.TotalOutMilliWh), Is.EqualTo((totalIn, totalOut)));
    }

    [Test]
    public void Uncertainty_is_the_larger_step_of_the_bracket()
    {
        _history.AddPoint(1000, new Edge(5_000, 100, 0, null, 0));
        _history.AddPoint(1400, new Edge(5_100, 300, 0, 77, 0));
        Assert.That(_history.Interpolate(1200, 400)!.Value.UncertaintyMilliWh, Is.EqualTo(200));
        Assert.That(_history.Interpolate(1400, 400)!.Value.UncertaintyMilliWh, Is.Zero, "read at the very edge");
    }

    [TestCase(999)]
    [TestCase(1401)]
    public void Edge_outside_the_readings_is_unknown(long timeMs)
    {
        _history.AddPoint(1000, new Edge(5_000, 100, 0, null, 0));
        _history.AddPoint(1400, new Edge(5_100, 300, 0, 77, 0));
        Assert.That(_history.Interpolate(timeMs, 400), Is.Null);
    }

    [Test]
    public void Edge_in_too_wide_a_bracket_or_over_a_reset_is_unknown()
    {
        _history.AddPoint(1000, new Edge(5_000, 100, 0, null, 0));
        _history.AddPoint(1400, new Edge(5_100, 300, 0, null, 0));
        _history.AddPoint(1800, new Edge(5_100, 300, 1, null, 0));
        Assert.That(_history.Interpolate(1200, 399), Is.Null);
        Assert.That(_history.Interpolate(1600, 400), Is.Null);
        Assert.That((_history.IsBroken(1600), _history.IsBroken(1200)), Is.EqualTo((true, false)));
    }
}
