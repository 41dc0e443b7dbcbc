using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Simulation.Network;
using EnergyChain.Simulation.Nodes;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Faults;

/// <summary>
/// Now and then, for some seconds, in some rounds: either each member hears the proposal and votes of some members
/// only, or what puts locks to the test: f members miss the proposal and vote nil, one sees the decision, and the
/// others see the polka, lock, and do not see enough precommits. And nobody hears what was decided. Loss that hits
/// all alike hardly ever comes to that.
/// </summary>
internal sealed class VoteFaults(World world, SeededRandom random)
{
    private const int EpisodePercent = 60;
    private const int CalmRoundPercent = 40;
    private const int TargetedPercent = 65;
    private const int DeafPercent = 30;
    private const int ShortestMs = 2_000;
    private const int LongestMs = 8_000;

    private readonly Dictionary<(Height Height, Round Round), int[]?> _orders = [];
    private readonly Dictionary<(Height Height, Round Round, VoteType? Type, int From, int To), bool> _denied = [];
    private Height _height;
    private long _until;

    private int Faulty => world.Options.Tolerated;

    /// <summary>Whether the message does not arrive.</summary>
    public bool Deny(SimNode from, SimNode to, SimMessage message)
    {
        if (!world.Injector.AreFaultsOn)
        {
            return false;
        }

        if (_until <= world.Timeline.Now && _height < world.Oracle.Highest.Next)
        {
            Begin(world.Oracle.Highest.Next);
        }

        return _until > world.Timeline.Now && message.Kind switch
        {
            MessageKind.Vote when message.Value<Vote>() is var vote =>
                IsDenied(vote.Height, vote.Round, vote.Type, vote.Validator, to.Index),
            MessageKind.Proposal when message.Value<Proposal>() is var proposal =>
                IsDenied(proposal.Height, proposal.Round, null, from.Index, to.Index),
            MessageKind.Status or MessageKind.RangeReply => true,
            _ => false,
        };
    }

    private void Begin(Height height)
    {
        _height = height;
        _orders.Clear();
        _denied.Clear();
        if (random.Chance(EpisodePercent))
        {
            _until = world.Timeline.Now + Timeline.TicksOf(random.Between(ShortestMs, LongestMs));
        }
    }

    private bool IsDenied(Height height, Round round, VoteType? type, int from, int to)
    {
        if (!_orders.TryGetValue((height, round), out int[]? order))
        {
            order = random.Chance(TargetedPercent)
                ? [.. random.Draw(Enumerable.Range(0, world.PhysicalNodes), world.PhysicalNodes)]
                : [];
            _orders[(height, round)] = order =
                round != Round.Zero && random.Chance(CalmRoundPercent) ? null : order;
        }

        return order switch
        {
            null => false,
            [] => IsDeaf((height, round, type, from, to)),
            _ => IsDeniedBy(order, type, from, to),
        };
    }

    // By who signed and not by who says it again: others repeat what they heard when a height stands still.
    // First those that miss the proposal, then the one that hears everything.
    private bool IsDeniedBy(int[] order, VoteType? type, int from, int to)
    {
        (int sender, int receiver) = (Array.IndexOf(order, from), Array.IndexOf(order, to));
        return type switch
        {
            null => receiver < Faulty,
            VoteType.Precommit => receiver > Faulty && sender >= Faulty && sender < 2 * Faulty,
            _ => false,
        };
    }

    private bool IsDeaf((Height, Round, VoteType?, int, int) step)
    {
        if (!_denied.TryGetValue(step, out bool isDenied))
        {
            _denied[step] = isDenied = random.Chance(DeafPercent);
        }

        return isDenied;
    }
}
