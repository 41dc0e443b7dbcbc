using EnergyChain.CrashTests.Plants;
using EnergyChain.CrashTests.Points;
using EnergyChain.CrashTests.PowerCuts;

namespace EnergyChain.CrashTests.Tests;

public sealed class PowerCutTests
{
    private static readonly string[] Expected =
    [
        "create format.new",
        "create votes.log.new",
        "delete lookup/….run",
        "rename blocks/….log",
        "rename blocks/….log.new",
        "rename lookup/….run.new",
        "rename snapshots/….frontier.new",
        "rename state/….checkpoint.new",
        "rename votes.log.new",
        "sync blocks/….log",
        "sync folder .",
        "sync folder blocks",
        "sync votes.log",
        "truncate blocks/….log",
        "write blocks/….idx.new",
        "write snapshots/….snapshot",
    ];

    [Test]
    [Property("Incident", "besu#9040")]
    public void Machine_that_loses_power_again_and_again_keeps_what_it_told([Range(1, 20)] int seed) =>
        Assert.That(PowerCutRun.Run((ulong)seed, Plant.None).Broken, Is.Null);

    [Test]
    public void Script_comes_by_every_kind_of_write_point()
    {
        using PointsRun run = new(1, Plant.None) { StartsEvery = 40 };
        run.Run();
        Assert.That(Expected, Is.SubsetOf(run.Points.Keys));
        Assert.That(run.Broken, Is.Empty);
    }
}
