using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Tests.Consensus;

/// <summary>Clocks that are off, jump and drift. In virtual time.</summary>
[TestFixture]
internal sealed class ClockTests
{
    private const ulong SettledAt = 12;
    private const int Heights = 20;

    [Test]
    [Property("Incident", "clocks")]
    public void Chain_keeps_its_pace_with_one_clock_off(
        [Values(-60, -5, -1, 1, 5, 60)] int seconds, [Range(0, 3)] int member)
    {
        using HostCluster cluster = new(4, clockMs: 1_000_000);
        cluster.Nodes[member].Clock.Skew = TimeSpan.FromSeconds(seconds);
        cluster.StartAll();
        Assert.That(cluster.Reaches(SettledAt, 30_000), "until its offset is known, each of its turns may be lost");
        DateTimeOffset from = cluster.Time.GetUtcNow();
        Assert.That(cluster.Reaches(SettledAt + Heights, 60_000));
        TimeSpan mean = (cluster.Time.GetUtcNow() - from) / Heights;
        Assert.That(mean, Is.LessThan(TimeSpan.FromMilliseconds(1_250)));
        CommittedBlock[] blocks = [.. Enumerable.Range((int)SettledAt, Heights)
            .Select(height => RecoveryTests.BlockAt(cluster.Nodes[0], (ulong)height))];
        Assert.That(blocks.Select(block => block.Certificate.Round), Is.All.EqualTo(Round.Zero));
        Assert.That(
            blocks.Select(block => block.Block.Header.Proposer).Distinct().Count(), Is.EqualTo(4), "all have turns");
        DateTimeOffset chainTime = DateTimeOffset.FromUnixTimeMilliseconds(
            (long)cluster.Nodes[0].Chain.Head.Time.UnixMs);
        Assert.That(
            (cluster.Time.GetUtcNow() - chainTime).Duration(),
            Is.LessThan(TimeSpan.FromSeconds(2)),
            "chain time stays with the clocks of the three");
    }

    [TestCase(-5)]
    [TestCase(5)]
    [TestCase(60)]
    public void Operator_of_a_clock_that_is_off_is_told_and_the_others_are_not(int seconds)
    {
        using HostCluster cluster = new(4, clockMs: 1_000_000);
        cluster.Nodes[2].Clock.Skew = TimeSpan.FromSeconds(seconds);
        cluster.StartAll();
        Assert.That(cluster.Reaches(62, 100_000));
        Assert.That(Warnings(cluster.Nodes[2]), Has.Length.EqualTo(2), "once in thirty blocks");
        Assert.That(Warnings(cluster.Nodes[2])[1], Does.Contain(seconds < 0 ? "clock is -49" : $"clock is {seconds}0"));
        Assert.That(
            cluster.Nodes.Where(node => node.Index != 2).SelectMany(Warnings), Is.Empty);
    }

    [TestCase(60)]
    [TestCase(-60)]
    [TestCase(5)]
    [TestCase(-5)]
    public void Chain_goes_on_when_a_clock_jumps_and_jumps_back(int seconds)
    {
        using HostCluster cluster = new(4, clockMs: 1_000_000);
        cluster.StartAll();
        Assert.That(cluster.Reaches(6, 20_000));
        cluster.Nodes[1].Clock.Skew = TimeSpan.FromSeconds(seconds);
        Assert.That(cluster.Reaches(16, 15_000), "its offset is known at once: samples are on the monotonic clock");
        cluster.Nodes[1].Clock.Skew = TimeSpan.Zero;
        Assert.That(cluster.Reaches(26, 15_000));
    }

    [TestCase(5)]
    [TestCase(60)]
    public void Chain_waits_for_the_clocks_when_all_jump_back_and_goes_on(int seconds)
    {
        using HostCluster cluster = new(4, clockMs: 1_000_000);
        cluster.StartAll();
        Assert.That(cluster.Reaches(6, 20_000));
        foreach (HostNode node in cluster.Nodes)
        {
            node.Clock.Skew = TimeSpan.FromSeconds(-seconds);
        }

        Assert.That(cluster.Reaches(8, (seconds * 1_000) + 4_000));
    }

    [Test]
    public void Chain_goes_on_with_every_clock_off_by_up_to_a_second()
    {
        using HostCluster cluster = new(4, clockMs: 1_000_000);
        int[] skewsMs = [-1_000, 400, 1_000, -300];
        foreach (HostNode node in cluster.Nodes)
        {
            node.Clock.Skew = TimeSpan.FromMilliseconds(skewsMs[node.Index]);
        }

        cluster.StartAll();
        Assert.That(cluster.Reaches(20, 45_000));
    }

    [Test]
    public void Chain_goes_on_with_clocks_that_drift_apart()
    {
        using HostCluster cluster = new(4, clockMs: 1_000_000);
        cluster.Nodes[0].Clock.DriftPerSecondUs = 5_000;
        cluster.Nodes[3].Clock.DriftPerSecondUs = -5_000;
        cluster.StartAll();
        Assert.That(cluster.Reaches(600, 900_000), "three seconds each way by then");
    }

    private static string[] Warnings(HostNode node) =>
        [.. node.Log.Lines.Where(line => line.Contains("clock is", StringComparison.Ordinal))];
}
