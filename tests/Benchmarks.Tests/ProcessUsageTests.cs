using EnergyChain.Benchmarks.Load;

namespace EnergyChain.Benchmarks.Tests;

internal sealed class ProcessUsageTests
{
    [Test]
    public void Usage_is_read_past_a_name_with_spaces_and_parentheses()
    {
        const string Stat = "42 (a) odd (name) S 1 42 42 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 9 0 100 1 2";
        ProcessUsage usage = ProcessUsage.Parse(Stat, ["Name:\todd", "VmHWM:\t  2048 kB", "VmRSS:\t  1024 kB"]);

        Assert.That(usage, Is.EqualTo(new ProcessUsage(TimeSpan.FromSeconds(3), 1_048_576, 2_097_152)));
    }

    [Test]
    [Platform("Linux")]
    public void Usage_of_this_process_is_what_the_framework_says()
    {
        ProcessUsage usage = ProcessUsage.Of(Environment.ProcessId);

        Assert.That(usage.Cpu, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(
            Environment.CpuUsage.TotalTime + TimeSpan.FromSeconds(1)));
        Assert.That(usage.PeakResidentBytes, Is.GreaterThanOrEqualTo(usage.ResidentBytes));
        Assert.That(usage.ResidentBytes, Is.GreaterThan(1_000_000));
    }
}
