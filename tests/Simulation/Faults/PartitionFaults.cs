using EnergyChain.Simulation.Nodes;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Faults;

/// <summary>Cuts the nodes into groups, both ways or one way, or a single link, and mends it again.</summary>
internal sealed class PartitionFaults(World world, SeededRandom random)
{
    public void Strike(int lastsMs)
    {
        List<(SimNode From, SimNode To)> cut = random.Below(4) switch
        {
            0 => [.. Split(random.Chance(50))],
            1 => [.. Split(isOneWay: false)],
            2 => [.. Isolate(random.Pick(world.Nodes))],
            _ => [(random.Pick(world.Nodes), random.Pick(world.Nodes))],
        };
        foreach ((SimNode from, SimNode to) in cut)
        {
            world.Network.Cut(from, to);
        }

        world.Timeline.After(lastsMs, () => Heal(cut));
    }

    /// <summary>Mends directions, and lets those whose link is whole again tell each other what they have.</summary>
    public void Heal(IEnumerable<(SimNode From, SimNode To)> directions)
    {
        HashSet<SimNode> mended = [];
        foreach ((SimNode from, SimNode to) in directions)
        {
            if (world.Network.Heal(from, to))
            {
                mended.Add(from);
            }
        }

        foreach (SimNode node in mended.Where(static node => node.IsUp).OrderBy(static node => node.Index))
        {
            node.Connect();
        }
    }

    private IEnumerable<(SimNode From, SimNode To)> Split(bool isOneWay)
    {
        bool[] side = [.. world.Nodes.Select(_ => random.Chance(50))];
        return Pairs().Where(pair => side[pair.From.Index] != side[pair.To.Index]
            && (!isOneWay || side[pair.From.Index]));
    }

    private IEnumerable<(SimNode From, SimNode To)> Isolate(SimNode node) =>
        Pairs().Where(pair => pair.From == node || pair.To == node);

    private IEnumerable<(SimNode From, SimNode To)> Pairs() =>
        from one in world.Nodes
        from other in world.Nodes
        where one != other
        select (one, other);
}
