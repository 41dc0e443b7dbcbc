using System.Globalization;
using EnergyChain.Benchmarks.Load;
using EnergyChain.Benchmarks.Load.Endurance;

namespace EnergyChain.Benchmarks.Tests;

/// <summary>Real node processes under load for long; worth nothing on a busy machine.</summary>
[Category("Soak")]
[NonParallelizable]
internal sealed class SoakTests
{
    private const string Variable = "ENERGYCHAIN_SOAK";
    private const double Share = 0.7;

    [Test]
    public async Task Network_at_70_percent_of_its_limit_keeps_memory_queue_and_interval()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } minutes)
        {
            Assert.Ignore($"set {Variable} to the minutes that the soak is to last");
            return;
        }

        LoadReport report = await SoakRun.RunAsync(
            double.Parse(minutes, CultureInfo.InvariantCulture), Share, TestContext.Progress, CancellationToken.None);

        Assert.That(report.Violations, Is.Empty);
        Assert.That(report.IntervalMs!.Mean, Is.EqualTo(1_000).Within(20));
    }
}
