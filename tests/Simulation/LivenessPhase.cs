using EnergyChain.Core.Primitives;
using EnergyChain.Simulation.Faults;
using EnergyChain.Simulation.Nodes;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation;

/// <summary>
/// A quorum of honest members is healed, everything else stays broken for good: the quorum must go on, in no more
/// rounds than there are members and two to spare.
/// </summary>
internal static class LivenessPhase
{
    // More than one block, so that the first is not one that was as good as decided.
    private const ulong Blocks = 2;

    /// <summary>
    /// Gives how long it took; null where it did not, which is a violation, or could not be asked for.
    /// </summary>
    public static double? Run(World world, Action<World, double, Func<bool>> proceed)
    {
        SeededRandom random = new(world.Trace.Hash);
        int quorum = world.Genesis.Council.QuorumSize;
        SimNode[] sound = [.. world.Honest.Where(static node => !node.IsGone && !node.IsDamaged)];
        if (sound.Length < quorum)
        {
            world.Trace.Note(null, "too few sound members are left for a quorum: more than f are faulty");
            return null;
        }

        SimNode[] core = [.. random.Draw(sound, quorum).OrderBy(static node => node.Index)];
        world.Trace.Note(null, $"heals {string.Join(", ", core.Select(static node => node.Index))}");
        Break(world, core, random);
        Heal(world, core);

        double startMs = world.Timeline.NowMs;
        ulong target = core.Max(static node => node.HighestHead.Value) + Blocks;
        double boundMs = BoundMs(world, core);
        proceed(world, startMs + boundMs, () => !core.All(node => node.HighestHead.Value >= target));
        if (world.Violation is null && !core.All(node => node.HighestHead.Value >= target))
        {
            IEnumerable<string> where = core.Select(static node => node.Process is { } process
                ? $"{node.Index} at {process.Driver.Height}/{process.Driver.Round}"
                : $"{node.Index} down");
            world.Fail(
                ViolationKind.Liveness,
                $"the healed members do not reach height {target} in {boundMs:F0} ms: {string.Join(", ", where)}");
        }

        return world.Violation is null ? world.Timeline.NowMs - startMs : null;
    }

    // Everybody waits while the chain's time is ahead of their clocks: members with wrong clocks may have made it so.
    private static double BoundMs(World world, SimNode[] core)
    {
        Height highest = new(core.Max(static node => node.HighestHead.Value));
        ulong chainMs = world.Oracle.At(highest)?.Time.UnixMs ?? SimGenesis.TimeMs;
        double aheadMs = Math.Max(0, chainMs - (SimGenesis.TimeMs + world.Timeline.NowMs));
        int rounds = world.Genesis.Council.Count + SimulationBounds.SpareRounds;
        return aheadMs + ((double)rounds * SimulationBounds.LongestRoundMs);
    }

    private static void Break(World world, SimNode[] core, SeededRandom random)
    {
        world.Injector.End();
        foreach (SimNode node in world.Nodes.Except(core))
        {
            if (node.IsHonest || random.Chance(30))
            {
                bool isDead = random.Chance(50);
                node.IsGone |= isDead;
                if (isDead)
                {
                    node.Die(node.Disk.Kill());
                }
                else
                {
                    Isolate(world, node);
                }
            }
        }
    }

    private static void Isolate(World world, SimNode node)
    {
        foreach (SimNode peer in world.Nodes)
        {
            world.Network.Cut(node, peer);
            world.Network.Cut(peer, node);
        }
    }

    private static void Heal(World world, SimNode[] core)
    {
        world.Network.Weather = world.Options.FixedDelayMs is null ? NetworkWeather.Calm : world.Network.Weather;
        foreach (SimNode node in core)
        {
            node.Clock.Offset = TimeSpan.Zero;
            node.SyncsToFail = 0;
            node.Room = long.MaxValue;
            node.DiesAfterEffects = null;
            foreach (SimNode peer in core)
            {
                world.Network.Heal(node, peer);
            }
        }

        foreach (SimNode node in core)
        {
            if (!node.IsUp)
            {
                node.Start();
            }
            else
            {
                node.Resume();
                node.Connect();
            }
        }
    }
}
