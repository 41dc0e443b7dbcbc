using CsCheck;

namespace EnergyChain.Consensus.Tests;

/// <summary>Agreement, validity and liveness, over message orders drawn from a seed that a failure prints.</summary>
public sealed class ClusterTests
{
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(7)]
    public void Cluster_without_faults_decides_every_height_in_round_0(int size) =>
        Seeds.Sample(seed => Run(size, seed, new ClusterFaults(), 5, 5_000).MaxRound == 0, iter: 20);

    [TestCase(4, new[] { 2 })]
    [TestCase(7, new[] { 0, 1 })]
    public void Cluster_with_f_silent_goes_on(int size, int[] silent) => Seeds.Sample(
        seed => Run(size, seed, new ClusterFaults { Silent = silent }, 2 * (ulong)size, 60_000), iter: 20);

    [Test]
    public void Cluster_with_more_than_f_silent_stands_still() => Seeds.Sample(
        seed =>
        {
            Cluster cluster = new(4, seed, new ClusterFaults { Silent = [0, 3] });
            cluster.RunUntil(1, 30_000);
            return cluster.Heights.All(height => height == 0);
        },
        iter: 10);

    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    [TestCase(7)]
    [Property("Incident", "Neo dBFT, neo-modules#792")]
    public void Cluster_lossy_then_healed_goes_on(int size) => Seeds.Sample(
        seed => Run(size, seed, new ClusterFaults { LossPercent = 30, HealedAtMs = 10_000 }, 12, 60_000), iter: 30);

    [Test]
    public void Cluster_partitioned_then_healed_goes_on() => Seeds.Sample(
        seed => Run(4, seed, new ClusterFaults { Partitioned = true, HealedAtMs = 20_000 }, 5, 40_000), iter: 30);

    [TestCase(4)]
    [TestCase(7)]
    public void Cluster_with_crashes_and_loss_never_signs_twice(int size) => Seeds.Sample(
        seed => Run(
            size,
            seed,
            new ClusterFaults { CrashPercent = 40, LossPercent = 10, MaxDelayMs = 400, HealedAtMs = 15_000 },
            10,
            90_000),
        iter: 40);

    [Test]
    public void Cluster_goes_on_after_a_power_cut_that_one_does_not_survive() => Seeds.Sample(
        seed =>
        {
            // With so much loss the members are in different rounds and steps when the power goes.
            ulong cutAt = 2_000 + (ulong)(seed % 6_000);
            ClusterFaults faults = new()
            {
                LossPercent = 50,
                MaxDelayMs = 500,
                HealedAtMs = cutAt,
                PowerCutAtMs = cutAt,
                LostInPowerCut = seed % 4,
            };
            Run(4, seed, faults, 6, cutAt + 60_000);
        },
        iter: 150);

    [TestCase(4)]
    [TestCase(7)]
    public void Cluster_with_an_equivocating_member_agrees_and_goes_on(int size) => Seeds.Sample(
        seed => Run(
            size,
            seed,
            new ClusterFaults { Byzantine = 1, LossPercent = 10, MaxDelayMs = 300, HealedAtMs = 10_000 },
            8,
            120_000),
        iter: 40);

    [Test]
    public void Cluster_of_one_seed_runs_the_same_twice()
    {
        ClusterFaults faults = new() { LossPercent = 20, CrashPercent = 10, HealedAtMs = 8_000 };
        Cluster one = Run(4, 42, faults, 8, 60_000);
        Cluster other = Run(4, 42, faults, 8, 60_000);
        Assert.That(one.Now, Is.EqualTo(other.Now));
        Assert.That(one.Decided(8), Is.EqualTo(other.Decided(8)));
    }

    private static Cluster Run(int size, int seed, ClusterFaults faults, ulong height, ulong limitMs)
    {
        Cluster cluster = new(size, seed, faults);
        cluster.RunUntil(height, limitMs);
        Assert.That(cluster.Heights, Has.All.GreaterThanOrEqualTo(height), $"seed {seed} stands still");
        return cluster;
    }
}
