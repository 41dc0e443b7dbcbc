using EnergyChain.Consensus.Effects;
using EnergyChain.Consensus.Inputs;
using EnergyChain.Consensus.Safety;
using EnergyChain.Consensus.State;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Rules;

/// <content>Rounds, and the rules that fire on what has been received ("upon" in the paper).</content>
public sealed partial class TendermintMachine
{
    // L11-L21.
    private void StartRound(HeightState state, Round round)
    {
        state.Round = round; // L12
        state.Step = RoundStep.Propose; // L13
        state.Prune();
        AskForVerdicts(state, state.Current);

        // L20-L21; the proposer's own timer is an addition, for the case that its host cannot build a block.
        ScheduleTimeout(state, TimeoutKind.Propose);
        if (!state.IsProposer || state.Current.Proposal is not null)
        {
            return;
        }

        if (state.ValidProposal is { } valid) // L15-L16
        {
            Propose(state, ProposedValue.Of(valid), state.ValidRound); // L19
        }
        else
        {
            _effects.Add(new ConsensusEffect.RequestValue(state.Height, round)); // L18
        }
    }

    private void Propose(HeightState state, ProposedValue value, Round? validRound)
    {
        KeepRoundEnd(state);
        if (guard.SignProposal(value, state.Round, validRound, _effects) is not { } proposal)
        {
            return;
        }

        _effects.Add(new ConsensusEffect.BroadcastProposal(proposal)); // L19
        state.Current.Add(proposal);
        state.Current.Hear(state.OwnIndex!.Value);
        if (validRound is null && state.TryAskFor(proposal.BlockHash))
        {
            state.SetVerdict(proposal.BlockHash, true); // our host built it
        }

        if (validRound is { } polkaRound && state.FindRound(polkaRound) is { } polka)
        {
            // Receivers need the polka for L28, and may have lost votes of it or been denied them.
            _effects.Add(new ConsensusEffect.Resend([], polka.Prevotes.VotesForBlock(proposal.BlockHash)));
        }

        AskForVerdicts(state, state.Current);
    }

    // The paper leaves the order of simultaneous rules open; this one is fixed, so that replays are equal. A quorum
    // for one value comes before L34, so that the vote that makes it does not start a timer for nothing.
    private bool ApplyOneRule(HeightState state) =>
        TryDecide(state)
        || TrySkipRound(state)
        || TryPrevoteFresh(state)
        || TryPrevoteReproposed(state)
        || TryHandlePolka(state)
        || TryAdoptEarlierPolka(state)
        || TryPrecommitNil(state)
        || TrySchedulePrevoteTimeout(state)
        || TryLeaveDeadRound(state)
        || TrySchedulePrecommitTimeout(state);

    // L22-L27: a proposal without a valid round.
    private bool TryPrevoteFresh(HeightState state)
    {
        if (state.Step != RoundStep.Propose || state.Current.Proposal is not { ValidRound: null } proposal)
        {
            return false;
        }

        Address proposer = state.Council[state.Proposers.ProposerOf(state.Round)].Address;
        bool mayBe = proposal.Header.Proposer == proposer
            && (state.LockedRound is null || state.LockedBlock == proposal.BlockHash); // L23
        return TryPrevote(state, proposal, mayBe);
    }

    // L28-L33: a proposal that names an earlier round with a polka for its block.
    private bool TryPrevoteReproposed(HeightState state)
    {
        if (state.Step != RoundStep.Propose
            || state.Current.Proposal is not { ValidRound: { } validRound } proposal
            || state.FindRound(validRound)?.Prevotes.QuorumBlock != proposal.BlockHash)
        {
            return false;
        }

        bool mayBe = state.LockedRound is not { } locked
            || locked <= validRound
            || state.LockedBlock == proposal.BlockHash; // L29
        return TryPrevote(state, proposal, mayBe);
    }

    // valid(v) of L23 and L29: the vote waits for the host's answer, unless it would be nil anyway.
    private bool TryPrevote(HeightState state, Proposal proposal, bool mayBe)
    {
        bool? valid = state.VerdictOn(proposal.BlockHash);
        if (mayBe && valid is null)
        {
            return false;
        }

        Cast(state, VoteType.Prevote, mayBe && valid == true ? proposal.BlockHash : null); // L24-L27, L30-L33
        return true;
    }

    // L34-L35.
    private bool TrySchedulePrevoteTimeout(HeightState state)
    {
        RoundState round = state.Current;
        if (state.Step != RoundStep.Prevote || round.PrevoteTimeoutScheduled || !round.Prevotes.HasQuorumForAny)
        {
            return false;
        }

        round.PrevoteTimeoutScheduled = true;
        ScheduleTimeout(state, TimeoutKind.Prevote);
        return true;
    }

    // L36-L43.
    private bool TryHandlePolka(HeightState state)
    {
        RoundState round = state.Current;
        if (state.Step < RoundStep.Prevote
            || round.PolkaHandled
            || round.Prevotes.QuorumBlock is not { } block
            || round.ProposalFor(block) is not { } proposal
            || state.VerdictOn(block) != true)
        {
            return false;
        }

        round.PolkaHandled = true;
        Remember(state, proposal, state.Round);
        _effects.Add(new ConsensusEffect.AppendJournal(
            new JournalRecord.Polka(proposal, round.Prevotes.VotesForBlock(block))));
        if (state.Step == RoundStep.Prevote) // L37
        {
            Lock(state, block);
            Cast(state, VoteType.Precommit, block); // L40-L41
        }

        return true;
    }

    private void Remember(HeightState state, Proposal proposal, Round round)
    {
        if (Rules.KeepsLock)
        {
            state.ValidProposal = proposal; // L42
            state.ValidRound = round; // L43
        }
    }

    private void Lock(HeightState state, Hash32 block)
    {
        if (Rules.KeepsLock)
        {
            state.LockedBlock = block; // L38
            state.LockedRound = state.Round; // L39
        }
    }

    // An addition to L36: a polka of a round gone by, heard of late, is a valid value too, so whoever is next can
    // propose it. Without it, members that locked it have to wait until one of them has its turn.
    private bool TryAdoptEarlierPolka(HeightState state)
    {
        RoundState? earlier = state.Rounds.LastOrDefault(round =>
            round.Round < state.Round
            && !(round.Round <= state.ValidRound)
            && round.Prevotes.QuorumBlock is { } polka
            && round.ProposalFor(polka) is not null
            && state.VerdictOn(polka) == true);
        if (!Rules.KeepsLock || earlier?.Prevotes.QuorumBlock is not { } block)
        {
            return false;
        }

        Proposal valid = earlier.ProposalFor(block)!;
        Remember(state, valid, earlier.Round);
        _effects.Add(new ConsensusEffect.AppendJournal(
            new JournalRecord.Polka(valid, earlier.Prevotes.VotesForBlock(block))));
        return true;
    }

    // L44-L46, and L61-L64 without the wait where no polka can come any more.
    private bool TryPrecommitNil(HeightState state)
    {
        VoteSet prevotes = state.Current.Prevotes;
        if (state.Step != RoundStep.Prevote || (!prevotes.HasQuorumForNil && !prevotes.IsLostForBlocks))
        {
            return false;
        }

        Cast(state, VoteType.Precommit, null);
        return true;
    }

    // An addition to L47: where no block can get its precommits any more, nothing can be decided in this round, and
    // there is nothing to wait for. A crashed proposer costs its propose timeout alone. Where a proposal came and was
    // refused, the first round's wait is kept, because nothing else would slow down a council that refuses one after
    // the other; the longer waits of later rounds are for votes that may still come.
    // Whoever saw a polka in it tells the others at once: a member that votes twice can have shown it to one alone, who
    // is locked now, and the next proposer must know the value or is refused by it. In the paper every message that
    // one receives reaches all; to wait for the next resend would let that member do the same in each round.
    private bool TryLeaveDeadRound(HeightState state)
    {
        RoundState round = state.Current;
        if (round.PauseScheduled || !round.Precommits.IsLostForBlocks)
        {
            return false;
        }

        if (round.Prevotes.QuorumBlock is { } polka)
        {
            _effects.Add(new ConsensusEffect.Resend(
                round.ProposalFor(polka) is { } proposal ? [proposal] : [], round.Prevotes.VotesForBlock(polka)));
        }

        if (round.Proposal is null)
        {
            StartRound(state, state.Round.Next);
            return true;
        }

        round.PauseScheduled = true;
        round.PrecommitTimeoutScheduled = true;
        _effects.Add(new ConsensusEffect.ScheduleTimeout(
            new ConsensusTimeout(TimeoutKind.Precommit, state.Height, state.Round), durations.PrecommitMs));
        return true;
    }

    // L47-L48.
    private bool TrySchedulePrecommitTimeout(HeightState state)
    {
        RoundState round = state.Current;
        if (round.PrecommitTimeoutScheduled || !round.Precommits.HasQuorumForAny)
        {
            return false;
        }

        round.PrecommitTimeoutScheduled = true;
        ScheduleTimeout(state, TimeoutKind.Precommit);
        return true;
    }

    // L49-L54, in any round. valid(v) needs no asking: of more than two thirds that precommitted, an honest member
    // checked. The host moves to the next height, with an empty state, by StartHeight.
    private bool TryDecide(HeightState state)
    {
        foreach (RoundState round in state.Rounds)
        {
            if (round.Precommits.QuorumBlock is { } block && state.FindContents(block) is { } proposal)
            {
                state.DecidedIn = round; // L51
                CommitCertificate certificate =
                    LastCommit.Build(state.Height, round.Round, block, round.Precommits);
                _effects.Add(new ConsensusEffect.Commit(certificate, proposal));
                return true;
            }
        }

        return false;
    }

    // L55-L56. Of rounds so far ahead that their messages are not kept, only each member's highest is known: f + 1
    // members that far or further have an honest one among them.
    private bool TrySkipRound(HeightState state)
    {
        Round? ahead = state.FarRoundOfHonest()
            ?? state.Rounds.LastOrDefault(round => round.Round > state.Round && round.HeardFromHonest)?.Round;
        if (ahead is not { } next)
        {
            return false;
        }

        StartRound(state, next);
        return true;
    }

    private void Cast(HeightState state, VoteType type, Hash32? block)
    {
        state.Step = type == VoteType.Prevote ? RoundStep.Prevote : RoundStep.Precommit;
        if (state.OwnIndex is not { } own || state.Current.Votes(type).FirstOf(own) is not null)
        {
            return;
        }

        KeepRoundEnd(state);
        if (guard.SignVote(type, state.Height, state.Round, block, own, _effects) is { } vote)
        {
            _effects.Add(new ConsensusEffect.BroadcastVote(vote));
            AddVote(state, vote);
        }
    }

    // The precommits that ended the round before, into the journal with our first message of this round: it costs no
    // fsync of its own. Of those that are in the furthest round after a power cut, the one that signed there first has
    // them, so all others can follow it.
    private void KeepRoundEnd(HeightState state)
    {
        if (state.Current.IsEntryKept
            || state.Round == Round.Zero
            || state.FindRound(new Round(state.Round.Value - 1)) is not { Precommits.HasQuorumForAny: true } before)
        {
            return;
        }

        state.Current.IsEntryKept = true;
        _effects.Add(new ConsensusEffect.AppendJournal(
            new JournalRecord.RoundEnd(state.Height, before.Precommits.FirstVotes)));
    }

    private void ScheduleTimeout(HeightState state, TimeoutKind kind)
    {
        uint durationMs = durations.Of(kind, state.Round);
        if (kind == TimeoutKind.Propose && state.Round == Round.Zero)
        {
            durationMs += state.StartDelayMs;
        }

        ConsensusTimeout timeout = new(kind, state.Height, state.Round);
        _effects.Add(new ConsensusEffect.ScheduleTimeout(timeout, durationMs));
    }

    // Blocks of rounds to come are not checked before their round: a flood of them costs nothing.
    private void AskForVerdicts(HeightState state, RoundState round)
    {
        foreach (Proposal? proposal in new[] { round.Proposal, round.SecondProposal })
        {
            if (proposal is not null && round.Round <= state.Round && state.TryAskFor(proposal.BlockHash))
            {
                _effects.Add(new ConsensusEffect.ValidateProposal(proposal));
            }
        }
    }
}
