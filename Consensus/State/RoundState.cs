using EnergyChain.Consensus.Rules;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.State;

/// <summary>What is known of one round.</summary>
internal sealed class RoundState(Round round, Council council, MachineRules rules)
{
    private readonly bool[] _heard = new bool[council.Count];
    private int _heardCount;

    public Round Round { get; } = round;

    /// <summary>The first proposal of the round's proposer: the one that may be prevoted.</summary>
    public Proposal? Proposal { get; private set; }

    /// <summary>A second one of a proposer that signed two: others may have decided it.</summary>
    public Proposal? SecondProposal { get; private set; }

    public VoteSet Prevotes { get; } = new(council, rules);

    public VoteSet Precommits { get; } = new(council, rules);

    /// <summary>L34 "for the first time".</summary>
    public bool PrevoteTimeoutScheduled { get; set; }

    /// <summary>L36 "for the first time".</summary>
    public bool PolkaHandled { get; set; }

    /// <summary>L47 "for the first time".</summary>
    public bool PrecommitTimeoutScheduled { get; set; }

    /// <summary>The same, shorter, once nothing can be decided in the round.</summary>
    public bool PauseScheduled { get; set; }

    /// <summary>Whether the precommits that ended the round before are in the journal.</summary>
    public bool IsEntryKept { get; set; }

    /// <summary>Messages of f + 1 members: one of them is honest and is in this round (L55).</summary>
    public bool HeardFromHonest => council.HasHonest(_heardCount);

    public VoteSet Votes(VoteType type) => type == VoteType.Prevote ? Prevotes : Precommits;

    public Proposal? ProposalFor(Hash32 block) =>
        Proposal?.BlockHash == block ? Proposal : SecondProposal?.BlockHash == block ? SecondProposal : null;

    /// <summary>Keeps at most two proposals with different blocks or valid rounds.</summary>
    /// <returns>Whether it was kept.</returns>
    public bool Add(Proposal proposal)
    {
        if (Proposal is null)
        {
            Proposal = proposal;
            return true;
        }

        if (SecondProposal is not null || IsSame(Proposal, proposal))
        {
            return false;
        }

        SecondProposal = proposal;
        return true;
    }

    public bool IsNew(Proposal proposal) =>
        Proposal is null || (SecondProposal is null && !IsSame(Proposal, proposal));

    public void Hear(int validator)
    {
        if (!_heard[validator])
        {
            _heard[validator] = true;
            _heardCount++;
        }
    }

    private static bool IsSame(Proposal one, Proposal other) =>
        one.BlockHash == other.BlockHash && one.ValidRound == other.ValidRound;
}
