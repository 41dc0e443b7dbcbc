using EnergyChain.Node.Storage;
using EnergyChain.Simulation.Nodes;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Faults;

/// <summary>Makes the faults of the plan happen, and brings the processes back that they ended.</summary>
internal sealed class FaultInjector(World world, SeededRandom random)
{
    private const int MostEffectsToDeath = 40;
    private const int SlowestDeathMs = 2_000;
    private const int LongestDownMs = 8_000;
    private const int RefusalsBeforeRestore = 2;
    private const int RefusalsBeforeGone = 5;
    private const int AllAtOncePercent = 15;

    private static readonly int[] JumpsMs = [1_000, 5_000, 60_000];

    private readonly PartitionFaults _partitions = new(world, random.Fork());

    /// <summary>Whether faults still happen.</summary>
    public bool AreFaultsOn { get; private set; } = true;

    private FaultPlan Plan => world.Plan;

    public void Begin()
    {
        foreach (FaultClass one in Enum.GetValues<FaultClass>())
        {
            bool comesAndGoes = one is > FaultClass.Delay and < FaultClass.Votes;
            if (comesAndGoes && Plan.Classes.HasFlag(one))
            {
                Again(one);
            }
        }

        if (Plan.Classes.HasFlag(FaultClass.Clock))
        {
            foreach (SimNode node in world.Nodes)
            {
                node.Clock.Offset = TimeSpan.FromMilliseconds(random.Between(-400, 400));
            }
        }
    }

    /// <summary>No further faults; what is broken stays as it is.</summary>
    public void End() => AreFaultsOn = false;

    /// <summary>A process came to its end between two effects.</summary>
    public void OnDied(SimNode node)
    {
        bool isPowerCut = Plan.Classes.HasFlag(FaultClass.Torn) && random.Chance(70);
        End(node, isPowerCut);
    }

    /// <summary>Ends a process now.</summary>
    public void End(SimNode node, bool isPowerCut)
    {
        world.Trace.Note(node, isPowerCut ? "loses power" : "dies");
        node.Die(isPowerCut ? node.Disk.PowerCut(random) : node.Disk.Kill());
        RestartLater(node);
    }

    /// <summary>A process has stopped because its disk or its files are not as they should be.</summary>
    public void OnDiskRefused(SimNode node, Exception failure)
    {
        world.Trace.Note(node, $"stops: {failure.Message}");
        if (!node.HasBadDisk)
        {
            world.Fail(ViolationKind.Stopped, $"node {node.Index} stops with a sound disk: {failure.Message}");
        }

        // After a failed sync nobody knows what is on the disk.
        node.Die(random.Chance(50) ? node.Disk.PowerCut(random) : node.Disk.Kill());

        // What a disk that is full or fails for a while refuses says nothing of the files.
        node.Refusals += failure is StorageException { InnerException: null } ? 1 : 0;
        if (node.Refusals == RefusalsBeforeRestore)
        {
            // What the message tells the operator to do: everything but the votes is fetched from the peers again.
            node.Die(node.Disk.Only(path => path.EndsWith("votes.log", StringComparison.Ordinal)));
        }

        if (node.Refusals >= RefusalsBeforeGone)
        {
            world.Trace.Note(node, "is gone for good");
            node.IsGone = true;
            if (!node.IsDamaged)
            {
                world.Fail(ViolationKind.Stopped, $"node {node.Index} cannot be started again: {failure.Message}");
            }
        }

        RestartLater(node);
    }

    private void RestartLater(SimNode node) => world.Timeline.After(random.Between(1, LongestDownMs), () =>
    {
        if (!node.IsUp && !node.IsGone)
        {
            node.Start();
        }
    });

    private void Again(FaultClass one) => world.Timeline.After(random.Between(1, (int)(2 * Plan.MeanIntervalMs)), () =>
    {
        if (AreFaultsOn)
        {
            Strike(one, random.Pick(world.Nodes), random.Between(1, Plan.LongestMs));
            Again(one);
        }
    });

    private void Strike(FaultClass one, SimNode node, int lastsMs)
    {
        world.Trace.Note(node, $"{one} for {lastsMs} ms");
        switch (one)
        {
            case FaultClass.Partition:
                _partitions.Strike(lastsMs);
                break;
            case FaultClass.Clog:
                world.Network.Clog(node, random.Pick(world.Nodes), lastsMs);
                break;
            case FaultClass.Clock:
                int jumpMs = random.Pick(JumpsMs);
                node.Clock.Offset = random.Chance(30)
                    ? TimeSpan.Zero
                    : TimeSpan.FromMilliseconds(random.Chance(50) ? jumpMs : -jumpMs);
                break;
            case FaultClass.Crash:
                EndSoon(node, isPowerCut: false);
                break;
            case FaultClass.Torn:
                IEnumerable<SimNode> dark = random.Chance(AllAtOncePercent) ? world.Nodes : [node];
                foreach (SimNode each in dark)
                {
                    EndSoon(each, isPowerCut: true);
                }

                break;
            case FaultClass.Pause:
                if (node.IsUp)
                {
                    node.Pause(lastsMs);
                }

                break;
            default:
                StrikeDisk(one, node, lastsMs);
                break;
        }
    }

    private void StrikeDisk(FaultClass one, SimNode node, int lastsMs)
    {
        switch (one)
        {
            case FaultClass.Fsync:
                node.HasBadDisk = true;
                node.SyncsToFail = 1;
                break;
            case FaultClass.DiskFull:
                node.HasBadDisk = true;
                node.Room = random.Below(4_000);
                world.Timeline.After(lastsMs, () => node.Room = long.MaxValue);
                break;
            case FaultClass.BitFlip when Plan.Fragile.Count > 0:
                Damage(world.Nodes[random.Pick(Plan.Fragile)], lastsMs);
                break;
            default:
                break;
        }
    }

    private void Damage(SimNode node, int lastsMs)
    {
        node.HasBadDisk = true;
        node.IsDamaged = true;
        if (random.Chance(50))
        {
            node.FlippedReadsPerMille = random.Pick([5, 50, 300]);
            world.Timeline.After(lastsMs, () => node.FlippedReadsPerMille = 0);
        }
        else if (node.Disk.Paths.Count > 0)
        {
            node.Disk.TryFlip(random.Pick(node.Disk.Paths), random);
        }

        EndSoon(node, isPowerCut: false);
    }

    private void EndSoon(SimNode node, bool isPowerCut)
    {
        if (!node.IsUp)
        {
            return;
        }

        node.DiesAfterEffects = random.Below(MostEffectsToDeath);
        int life = node.Life;
        world.Timeline.After(random.Between(1, SlowestDeathMs), () =>
        {
            if (node.IsUp && node.Life == life)
            {
                End(node, isPowerCut);
            }
        });
    }
}
