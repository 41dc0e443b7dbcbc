using System.Text.Json;
using EnergyChain.Node.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Telemetry;

public sealed class CpuTimeTests
{
    private const double Work = 0.005;

    [Test]
    public void Stage_within_another_has_its_own_time_and_the_outer_goes_on_after_it()
    {
        RequireClock();
        double storeBefore = CpuTime.SecondsOf(CpuStage.Store);
        double executeBefore = CpuTime.SecondsOf(CpuStage.Execute);
        using (CpuTime.Enter(CpuStage.Execute))
        {
            using (CpuTime.Enter(CpuStage.Store))
            {
                Spend();
            }

            Spend();
        }

        Assert.That(CpuTime.SecondsOf(CpuStage.Store) - storeBefore, Is.GreaterThanOrEqualTo(Work));
        Assert.That(CpuTime.SecondsOf(CpuStage.Execute) - executeBefore, Is.GreaterThanOrEqualTo(Work));
        Assert.That(CpuTime.Total, Is.GreaterThan(Work * 2));
    }

    [Test]
    public void File_names_every_stage_and_the_whole()
    {
        string folder = Directory.CreateTempSubdirectory("energychain-cpu-").FullName;
        try
        {
            string path = Path.Combine(folder, "cpu.json");
            using CpuFile file = new(path, new FakeTimeProvider());
            file.Write();
            file.Write();

            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path));
            string[] names = [.. json.RootElement.EnumerateObject().Select(static each => each.Name)];
            Assert.That(names, Is.EqualTo([
                "verify", "consensus", "execute", "store", "total", "gc", "allocated", "gen0", "gen1", "gen2"]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void RequireClock()
    {
        if (!ThreadClock.IsSupported)
        {
            Assert.Ignore("This platform tells no processor time of a thread.");
        }
    }

    private static void Spend()
    {
        long until = ThreadClock.Nanoseconds + (long)(Work * 1e9);
        while (ThreadClock.Nanoseconds < until)
        {
        }
    }
}
