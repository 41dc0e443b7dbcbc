using EnergyChain.Simulation.Faults;
using EnergyChain.Simulation.Nodes;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Network;

/// <summary>
/// Links between all nodes, each direction on its own: cut, clogged, slow, lossy. Worse than TCP, which at least keeps
/// the order of what arrives.
/// </summary>
internal sealed class VirtualNetwork(World world, SeededRandom random)
{
    private readonly bool[,] _cut = new bool[world.PhysicalNodes, world.PhysicalNodes];
    private readonly long[,] _cloggedUntil = new long[world.PhysicalNodes, world.PhysicalNodes];
    private readonly long[,] _lastOfLink = new long[world.PhysicalNodes, world.PhysicalNodes];
    private readonly int[] _underWay = new int[world.PhysicalNodes];
    private readonly VoteFaults? _votes =
        world.Plan.Classes.HasFlag(FaultClass.Votes) ? new VoteFaults(world, random.Fork()) : null;

    /// <summary>Loss, duplication and delay; calm once the faults have ended.</summary>
    public NetworkWeather Weather { get; set; } = world.Plan.Weather;

    public bool IsCut(SimNode from, SimNode to) => _cut[from.Index, to.Index];

    public void Cut(SimNode from, SimNode to) => _cut[from.Index, to.Index] = true;

    /// <summary>
    /// Messages of this direction arrive together when it is over, or not at all where they are too many.
    /// </summary>
    public void Clog(SimNode from, SimNode to, double milliseconds) =>
        _cloggedUntil[from.Index, to.Index] = world.Timeline.Now + Timeline.TicksOf(milliseconds);

    /// <summary>Mends a direction; false where it was whole.</summary>
    public bool Heal(SimNode from, SimNode to)
    {
        bool wasCut = _cut[from.Index, to.Index];
        _cut[from.Index, to.Index] = false;
        _cloggedUntil[from.Index, to.Index] = 0;
        return wasCut;
    }

    public void Send(SimNode from, SimNode to, SimMessage message)
    {
        if (ReferenceEquals(from, to)
            || IsCut(from, to)
            || _votes?.Deny(from, to, message) == true
            || random.Chance(Weather.LossPercent))
        {
            return;
        }

        Post(from, to, message);
        if (!IsOfLink(message.Kind) && random.Chance(Weather.DuplicationPercent))
        {
            Post(from, to, message);
        }
    }

    private void Post(SimNode from, SimNode to, SimMessage message)
    {
        if (_underWay[to.Index] >= SimulationBounds.MessagesWaiting)
        {
            return;
        }

        _underWay[to.Index]++;
        (int fromLife, int toLife) = (from.Life, to.Life);
        long due = world.Timeline.Now + Timeline.TicksOf(Weather.DelayMs(random));
        due = Math.Max(due, _cloggedUntil[from.Index, to.Index]);
        if (IsOfLink(message.Kind))
        {
            due = _lastOfLink[from.Index, to.Index] = Math.Max(due, _lastOfLink[from.Index, to.Index]);
        }

        world.Timeline.At(due, () =>
        {
            _underWay[to.Index]--;
            world.Trace.Delivered(from, to, message);
            to.Do(() =>
            {
                // Read here: a paused process gets it late, and the link may be another by then.
                if (!IsOfLink(message.Kind) || (from.Life == fromLife && to.Life == toLife))
                {
                    to.Receive(from, message);
                }
            });
        });
    }

    // What answers or replaces something said on the same link: it ends with the link, which keeps its order and says
    // nothing twice.
    private static bool IsOfLink(MessageKind kind) =>
        kind is MessageKind.Status or MessageKind.RangeRequest or MessageKind.RangeReply;
}
