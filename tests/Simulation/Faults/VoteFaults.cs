using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Simulation.Network;
using EnergyChain.Simulation.Nodes;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Faults;

/// <summary>
/// Now and then, for some seconds: each member hears the proposals and votes of some members only, drawn anew for each
/// step, and nobody hears what was decided. So some vote nil where others see a polka or a decision, and it is the
/// rules of locking that keep them together; loss that hits all alike hardly ever comes to that.
/// </summary>
internal sealed class VoteFaults(World world, SeededRandom random)
{
    private const int EpisodePercent = 60;
    private const int DeafPercent = 30;
    private const int ShortestMs = 2_000;
    private const int LongestMs = 8_000;

    private readonly Dictionary<(Height Height, Round Round, VoteType? Type, int From, int To), bool> _denied = [];
    private Height _height;
    private long _until;

    /// <summary>Whether the message does not arrive.</summary>
    public bool Deny(SimNode from, SimNode to, SimMessage message)
    {
        if (!world.Plan.Classes.HasFlag(FaultClass.Votes) || !world.Injector.AreFaultsOn)
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
                IsDenied((vote.Height, vote.Round, vote.Type, from.Index, to.Index)),
            MessageKind.Proposal when message.Value<Proposal>() is var proposal =>
                IsDenied((proposal.Height, proposal.Round, null, from.Index, to.Index)),
            MessageKind.Status or MessageKind.RangeReply => true,
            _ => false,
        };
    }

    private void Begin(Height height)
    {
        _height = height;
        _denied.Clear();
        if (random.Chance(EpisodePercent))
        {
            _until = world.Timeline.Now + Timeline.TicksOf(random.Between(ShortestMs, LongestMs));
        }
    }

    private bool IsDenied((Height, Round, VoteType?, int, int) step)
    {
        if (!_denied.TryGetValue(step, out bool isDenied))
        {
            _denied[step] = isDenied = random.Chance(DeafPercent);
        }

        return isDenied;
    }
}
