using EnergyChain.Consensus.Rules;
using EnergyChain.Consensus.Validators;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.State;

/// <summary>The variables of the paper (L2 to L9) for one height, and the messages received for it.</summary>
internal sealed class HeightState(
    ProposerSchedule proposers, int? ownIndex, uint startDelayMs, MachineRules rules)
{
    private readonly SortedDictionary<uint, RoundState> _rounds = [];
    private readonly HashSet<Hash32> _validations = [];
    private readonly Dictionary<Hash32, bool> _verdicts = [];
    private readonly Round?[] _farRounds = new Round?[proposers.Council.Count];

    public Height Height => Proposers.Height;

    public ProposerSchedule Proposers { get; } = proposers;

    public Council Council => Proposers.Council;

    /// <summary>Our index in the council; null where we only follow.</summary>
    public int? OwnIndex { get; } = ownIndex;

    public uint StartDelayMs { get; } = startDelayMs;

    public Round Round { get; set; }

    public RoundStep Step { get; set; }

    public Hash32? LockedBlock { get; set; }

    public Round? LockedRound { get; set; }

    /// <summary>validValue, with its contents.</summary>
    public Proposal? ValidProposal { get; set; }

    public Round? ValidRound { get; set; }

    /// <summary>The round that decided; null while undecided.</summary>
    public RoundState? DecidedIn { get; set; }

    /// <summary>Members of whom evidence was reported in this height.</summary>
    public bool[] Reported { get; } = new bool[proposers.Council.Count];

    /// <summary>All rounds with messages, ascending.</summary>
    public IEnumerable<RoundState> Rounds => _rounds.Values;

    public IEnumerable<Proposal> Proposals => Rounds
        .SelectMany(round => new[] { round.Proposal, round.SecondProposal })
        .Append(ValidProposal)
        .OfType<Proposal>();

    public RoundState Current => RoundAt(Round);

    public bool IsProposer => OwnIndex == Proposers.ProposerOf(Round);

    public RoundState RoundAt(Round round)
    {
        if (!_rounds.TryGetValue(round.Value, out RoundState? state))
        {
            _rounds[round.Value] = state = new RoundState(round, Council, rules);
        }

        return state;
    }

    public RoundState? FindRound(Round round) => _rounds.GetValueOrDefault(round.Value);

    /// <summary>
    /// Whether messages of the round are kept: a window around the current one, and what a lock needs.
    /// </summary>
    public bool IsTracked(Round round)
    {
        ulong value = round.Value;
        bool inWindow = !IsFarAhead(round) && value + Limits.MaxRoundsBehind >= Round.Value;
        return inWindow || round == ValidRound || round == LockedRound
            || round == FindRound(Round)?.Proposal?.ValidRound;
    }

    /// <summary>Whether the round lies ahead of those whose messages are kept.</summary>
    public bool IsFarAhead(Round round) => round.Value > (ulong)Round.Value + Limits.MaxRoundsAhead;

    /// <summary>Whether a member has not been heard in a round this far ahead.</summary>
    public bool IsNewFarRound(int validator, Round round) =>
        IsFarAhead(round) && (_farRounds[validator] is not { } known || round > known);

    /// <summary>Notes that a member is in a round whose messages are not kept.</summary>
    public void HearFarAhead(int validator, Round round) => _farRounds[validator] = round;

    /// <summary>The highest round that is not tracked and that f + 1 members have reached or passed; or null.</summary>
    public Round? FarRoundOfHonest()
    {
        int members = 0;
        foreach (Round round in _farRounds.OfType<Round>().Where(IsFarAhead).OrderDescending())
        {
            members++;
            if (Council.HasHonest(members))
            {
                return round;
            }
        }

        return null;
    }

    /// <summary>Whether votes for the block in the round may count beside a member's first vote.</summary>
    public bool IsProposed(Hash32? block, Round round)
    {
        if (block is not { } hash)
        {
            return false;
        }

        Proposal? current = FindRound(Round)?.Proposal;
        return FindRound(round)?.ProposalFor(hash) is not null
            || (current?.ValidRound == round && current.BlockHash == hash);
    }

    /// <summary>The contents of a block from whichever round it was proposed in: its hash commits to them.</summary>
    public Proposal? FindContents(Hash32 block)
    {
        foreach (RoundState round in Rounds)
        {
            if (round.ProposalFor(block) is { } proposal)
            {
                return proposal;
            }
        }

        return ValidProposal?.BlockHash == block ? ValidProposal : null;
    }

    /// <summary>valid(v) as far as the host has answered.</summary>
    public bool? VerdictOn(Hash32 block) => _verdicts.TryGetValue(block, out bool valid) ? valid : null;

    /// <summary>Notes that the host was asked. False where it was before.</summary>
    public bool TryAskFor(Hash32 block) => _validations.Add(block);

    public void SetVerdict(Hash32 block, bool valid)
    {
        if (_validations.Contains(block))
        {
            _verdicts[block] = valid;
        }
    }

    /// <summary>Forgets rounds that are no longer tracked, so that a height that lasts for days stays small.</summary>
    public void Prune()
    {
        foreach (RoundState round in _rounds.Values.Where(state => !IsTracked(state.Round)).ToArray())
        {
            _rounds.Remove(round.Round.Value);
            foreach (Proposal? proposal in new[] { round.Proposal, round.SecondProposal })
            {
                if (proposal is not null && FindContents(proposal.BlockHash) is null)
                {
                    _validations.Remove(proposal.BlockHash);
                    _verdicts.Remove(proposal.BlockHash);
                }
            }
        }
    }
}
