using EnergyChain.Simulation.Faults;

namespace EnergyChain.Simulation.Tests;

public sealed class DeterminismTests
{
    [Test]
    public void Equal_seeds_give_equal_runs([Values(1, 2, 3)] int seed)
    {
        SimulationOptions options = new() { Heights = 6, Faults = FaultClass.None };
        SimulationResult one = SimulationRun.Run((ulong)seed, options);
        SimulationResult other = SimulationRun.Run((ulong)seed, options);
        Assert.That(one.Violation, Is.Null);
        Assert.That(other.TraceHash, Is.EqualTo(one.TraceHash));
        Assert.That(other.Events, Is.EqualTo(one.Events));
    }

    [Test]
    public void Equal_seeds_give_equal_runs_under_every_fault([Values(4, 5)] int seed)
    {
        SimulationOptions options = new() { Heights = 8, Byzantine = 1, Liveness = true };
        SimulationResult one = SimulationRun.Run((ulong)seed, options);
        SimulationResult other = SimulationRun.Run((ulong)seed, options);
        Assert.That(other.TraceHash, Is.EqualTo(one.TraceHash));
        Assert.That(other.Events, Is.EqualTo(one.Events));
    }

    [Test]
    public void Other_seeds_give_other_runs()
    {
        SimulationOptions options = new() { Heights = 3, Faults = FaultClass.None };
        IEnumerable<ulong> hashes = Enumerable.Range(1, 4).Select(
            seed => SimulationRun.Run((ulong)seed, options).TraceHash);
        Assert.That(hashes, Is.Unique);
    }

    [Test]
    public void Council_without_faults_reaches_its_heights_and_makes_every_transfer_final()
    {
        SimulationResult result = SimulationRun.Run(7, new SimulationOptions { Faults = FaultClass.None });
        Assert.That(result.Violation, Is.Null);
        Assert.That(result.Height, Is.EqualTo(30));
        Assert.That(result.TransactionsFinal, Is.GreaterThan(result.TransactionsSent - 10));
        Assert.That(result.VirtualMs, Is.LessThan(31_000));
    }
}
