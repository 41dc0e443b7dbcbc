using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;

namespace EnergyChain.Node.Tests.Consensus;

/// <summary>A chain that was stopped goes on soon, however long it stood still. In virtual time.</summary>
[TestFixture]
internal sealed class RecoveryTests
{
    [Test]
    public void Next_block_comes_within_2_seconds_of_the_end_of_a_partition(
        [Values(1, 5, 60, 600)] int seconds, [Values(0, 150, 430, 810)] int offsetMs, [Values] bool isTotal) =>
        RequireBlockAfterPartition(seconds, offsetMs, isTotal);

    [Test]
    public void Next_block_comes_within_2_seconds_of_the_end_of_an_hour_apart(
        [Values(0, 150, 430, 810)] int offsetMs, [Values] bool isTotal)
    {
        // An hour takes seconds to compute: one of each kind always, all of them where somebody asks.
        if (offsetMs != (isTotal ? 0 : 430))
        {
            OptIn.Require("long");
        }

        RequireBlockAfterPartition(3_600, offsetMs, isTotal);
    }

    // Votes come through and proposals do not, so that the rounds and their timeouts grow all the time.
    [Test]
    [Property("Incident", "besu#7642, GoQuorum#1681")]
    public void Next_block_comes_within_2_seconds_after_proposals_were_lost_for_long(
        [Values(5, 60, 600)] int seconds, [Values(0, 300, 700)] int offsetMs)
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        Assert.That(cluster.Reaches(3, 10_000));
        cluster.Loses = (_, _, message) => message is ConsensusMessage.OfProposal;
        cluster.RunFor((seconds * 1_000) + offsetMs);
        ulong stoppedAt = Highest(cluster);
        Assert.That(cluster.Nodes[0].Host!.Round, Is.GreaterThan(new Round(2)));

        cluster.Loses = (_, _, _) => false;
        Assert.That(cluster.Reaches(stoppedAt + 1, 2_000), $"round {cluster.Nodes[0].Host!.Round}");
    }

    // Every 900 ms other two can talk: members lock, time out and move on at different times.
    [Test]
    [Property("Incident", "quorum#305")]
    public void Next_block_comes_within_2_seconds_of_the_end_of_changing_partitions(
        [Values(10, 60, 300)] int seconds, [Values(0, 200, 500, 900)] int offsetMs)
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        Assert.That(cluster.Reaches(3, 10_000));
        cluster.Loses = (from, to, _) =>
        {
            int apart = 1 + (int)(cluster.Time.GetUtcNow().ToUnixTimeMilliseconds() / 900 % 3);
            return (from.Index ^ to.Index) != apart;
        };
        cluster.RunFor((seconds * 1_000) + offsetMs);
        ulong stoppedAt = Highest(cluster);

        cluster.Loses = (_, _, _) => false;
        foreach (HostNode behind in cluster.Nodes.Where(node => node.Chain.Head.Height.Value < stoppedAt))
        {
            behind.SyncFrom(cluster.Nodes.First(node => node.Chain.Head.Height.Value == stoppedAt));
        }

        Assert.That(cluster.Reaches(stoppedAt + 1, 2_000), $"stood at {stoppedAt}");
    }

    [Test]
    public void Member_cut_off_for_two_minutes_is_in_the_council_again_within_2_seconds()
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        cluster.Loses = (from, to, _) => from.Index == 3 || to.Index == 3;
        cluster.RunFor(120_000);
        HostNode late = cluster.Nodes[3];
        Assert.That(late.Chain.Head.Height, Is.EqualTo(Height.Genesis));

        cluster.Loses = (_, _, _) => false;
        late.SyncFrom(cluster.Nodes[0]);
        ulong height = Highest(cluster);
        Assert.That(cluster.Reaches(height + 1, 2_000));
        Assert.That(cluster.Reaches(height + 8, 10_000));
        CommittedBlock last = BlockAt(cluster.Nodes[0], height + 8);
        Assert.That(last.Block.LastCertificate!.Signers, Does.Contain(3), "it votes again");
        Assert.That(
            Enumerable.Range((int)height + 3, 5)
                .Select(at => BlockAt(cluster.Nodes[0], (ulong)at).Block.Header.Proposer),
            Does.Contain(late.Key.Address),
            "it has its turn again");
    }

    internal static CommittedBlock BlockAt(HostNode node, ulong height) =>
        node.Chain.TryGetBlock(new Height(height), out CommittedBlock? block)
            ? block
            : throw new InvalidOperationException($"no block {height}");

    internal static ulong Highest(HostCluster cluster) => cluster.Nodes.Max(node => node.Chain.Head.Height.Value);

    private static void RequireBlockAfterPartition(int seconds, int offsetMs, bool isTotal)
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        Assert.That(cluster.Reaches(3, 10_000));
        cluster.RunFor(offsetMs);
        cluster.Loses = (from, to, _) => isTotal || (from.Index < 2) != (to.Index < 2);
        cluster.RunFor(seconds * 1_000);
        ulong stoppedAt = Highest(cluster);
        Assert.That(stoppedAt, Is.LessThanOrEqualTo(5), "what was under way may be decided, and no more");

        cluster.Loses = (_, _, _) => false;
        Assert.That(cluster.Reaches(stoppedAt + 1, 2_000), $"stood at {stoppedAt} for {seconds} s");
    }
}
