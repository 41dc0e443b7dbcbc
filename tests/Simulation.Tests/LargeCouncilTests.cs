using EnergyChain.Simulation.Faults;

namespace EnergyChain.Simulation.Tests;

public sealed class LargeCouncilTests
{
    [Test]
    public void Fifty_members_at_300_ms_round_trip_keep_one_second_and_are_final_in_one_and_a_half()
    {
        SimulationResult result = SimulationRun.Run(1, new SimulationOptions
        {
            Nodes = 50,
            Heights = 4,
            Faults = FaultClass.None,
            FixedDelayMs = 150,
        });
        Assert.That(result.Violation, Is.Null);
        Assert.That(result.HighestRound, Is.Zero);
        Assert.That(result.IntervalsMs, Has.All.EqualTo(1_000));
        Assert.That(result.SlowestFinalityMs, Is.LessThan(1_500));
        TestContext.Out.WriteLine($"slowest finality {result.SlowestFinalityMs:F0} ms");
    }
}
