using EnergyChain.CrashTests.Plants;
using EnergyChain.CrashTests.PowerCuts;

namespace EnergyChain.CrashTests.Tests;

public sealed class DeterminismTests
{
    [Test]
    public void Equal_seeds_give_equal_runs([Values(1UL, 2UL, 3UL)] ulong seed)
    {
        RunOutcome one = PowerCutRun.Run(seed, Plant.None);
        RunOutcome other = PowerCutRun.Run(seed, Plant.None);
        Assert.That(other.Lives, Is.EqualTo(one.Lives));
        Assert.That(other.Height, Is.EqualTo(one.Height));
    }
}
