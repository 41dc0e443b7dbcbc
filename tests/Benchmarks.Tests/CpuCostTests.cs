using EnergyChain.Benchmarks.Load;

namespace EnergyChain.Benchmarks.Tests;

internal sealed class CpuCostTests
{
    private static readonly StageTimes Stages = new()
    {
        Verify = 4,
        Execute = 1,
        Store = 0.5,
        Consensus = 0.5,
        Total = 10,
        Gc = 0.25,
    };

    [Test]
    public void Gossip_is_what_no_other_stage_claims() => Assert.That(
        CpuCost.Of(TimeSpan.FromSeconds(10), Stages, 100_000),
        Is.EqualTo(new CpuCost(100, 40, 40, 5, 10, 5, 2.5)));

    [Test]
    public void Node_that_tells_no_stages_has_a_total_alone() => Assert.That(
        CpuCost.Of(TimeSpan.FromSeconds(1), null, 1_000),
        Is.EqualTo(new CpuCost(1_000, null, null, null, null, null, null)));

    [Test]
    public void No_transaction_costs_nothing() =>
        Assert.That(CpuCost.Of(TimeSpan.FromSeconds(1), null, 0).Total, Is.Zero);

    [Test]
    public void Costs_of_nodes_add_up()
    {
        CpuCost one = CpuCost.Of(TimeSpan.FromSeconds(10), Stages, 100_000);

        Assert.That(one + one, Is.EqualTo(new CpuCost(200, 80, 80, 10, 20, 10, 5)));
    }

    [Test]
    public void Stages_are_read_from_what_the_node_writes()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                path, """{"verify":1.5,"execute":0.25,"store":0.1,"consensus":0.2,"total":4,"gc":0.3}""" + "\n");
            StageTimes? read = StageTimes.Read(path);

            Assert.That(read, Is.EqualTo(new StageTimes
            {
                Verify = 1.5,
                Execute = 0.25,
                Store = 0.1,
                Consensus = 0.2,
                Total = 4,
                Gc = 0.3,
            }));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
