using EnergyChain.Consensus.Rules;
using EnergyChain.Consensus.State;
using EnergyChain.Node.Consensus;
using EnergyChain.Simulation.Faults;

namespace EnergyChain.Simulation.Tests;

/// <summary>A simulator that finds nothing proves nothing: what is broken here on purpose has to be found.</summary>
public sealed class ControlTests
{
    private const int MostSeeds = 60;

    // Rounds rarely grow, as members leave those that are lost: about one seed of forty shows what a timer costs.
    private const int MostSeedsForTimers = 300;

    [Test]
    public void Twins_of_more_than_a_third_fork_the_chain() => Assert.That(
        Find(new SimulationOptions
        {
            Byzantine = 2,
            ByzantineKind = ByzantineKind.Twins,
            Faults = FaultClass.Partition,
        },
        wanted: ViolationKind.Agreement),
        Does.Contain(ViolationKind.Agreement));

    [Test]
    public void Half_as_a_quorum_is_found() => Assert.That(
        Find(new SimulationOptions
        {
            Faults = FaultClass.Partition,
            Tuning = new ConsensusTuning { Rules = new MachineRules { HasTrueQuorum = false } },
        }),
        Does.Contain(ViolationKind.Certificate).Or.Contain(ViolationKind.Agreement));

    [Test]
    public void Lock_that_is_not_kept_forks_the_chain() => Assert.That(
        Find(new SimulationOptions
        {
            Faults = FaultClass.Partition | FaultClass.Loss,
            Byzantine = 1,
            ByzantineKind = ByzantineKind.Equivocates,
            Tuning = new ConsensusTuning { Rules = new MachineRules { KeepsLock = false } },
        }),
        Does.Contain(ViolationKind.Agreement));

    [Test]
    public void Lock_that_is_not_kept_forks_where_votes_are_denied() => Assert.That(
        Find(new SimulationOptions
        {
            Faults = FaultClass.Votes,
            Tuning = new ConsensusTuning { Rules = new MachineRules { KeepsLock = false } },
        }),
        Does.Contain(ViolationKind.Agreement));

    [Test]
    public void Vote_journal_that_forgets_is_found() => Assert.That(
        Find(new SimulationOptions { Faults = FaultClass.Crash | FaultClass.Torn, ForgetsVotes = true }),
        Does.Contain(ViolationKind.SignedTwice));

    [Test]
    public void Timer_that_grows_without_a_cap_is_found() => Assert.That(
        Find(new SimulationOptions
        {
            Faults = FaultClass.Partition | FaultClass.Crash,
            Heights = 5,
            Liveness = true,
            Tuning = new ConsensusTuning
            {
                Timeouts = new TimeoutDurations { PerRoundMs = 120_000, CapMs = uint.MaxValue },
            },
        },
        MostSeedsForTimers),
        Does.Contain(ViolationKind.Liveness));

    [Test]
    public void Right_rules_under_the_same_faults_are_not_complained_of() => Assert.That(
        Find(
            new SimulationOptions
            {
                Faults = FaultClass.Partition | FaultClass.Loss | FaultClass.Delay | FaultClass.Crash | FaultClass.Torn,
                Byzantine = 1,
                Heights = 8,
                Liveness = true,
            },
            seeds: 8),
        Is.Empty);

    // The kinds that were found, up to the first, or to the wanted one: a run ends with its first violation, and in a
    // fork that may be a node that meets the other branch and stops.
    private static List<ViolationKind> Find(
        SimulationOptions options, int seeds = MostSeeds, ViolationKind? wanted = null)
    {
        List<ViolationKind> found = [];
        for (ulong seed = 1; seed <= (ulong)seeds; seed++)
        {
            if (SimulationRun.Run(seed, options).Violation is { } violation)
            {
                TestContext.Out.WriteLine($"seed {seed}: {violation}");
                found.Add(violation.Kind);
                if (wanted is null || wanted == violation.Kind)
                {
                    break;
                }
            }
        }

        return found;
    }
}
