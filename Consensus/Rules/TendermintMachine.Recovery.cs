using EnergyChain.Consensus.Effects;
using EnergyChain.Consensus.Safety;
using EnergyChain.Consensus.State;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Rules;

/// <content>
/// What the paper takes for granted: that a process which comes back remembers (here: from the journal), and that
/// messages which were lost arrive in the end (here: by saying them again).
/// </content>
public sealed partial class TendermintMachine
{
    /// <summary>Takes up the height where the journal left it. False where we signed nothing of it.</summary>
    private bool TryResume(HeightState state, IReadOnlyList<JournalRecord> records)
    {
        SignedStep? last = null;
        foreach (JournalRecord record in records.Where(record => record.Height == state.Height))
        {
            SignedStep? signed = Restore(state, record);
            last = signed is { } step && (last is not { } known || step.CompareTo(known) > 0) ? step : last;
        }

        if (last is not { } resumed)
        {
            return false;
        }

        state.Round = resumed.Round;
        state.Step = resumed.Step;
        state.Prune();
        foreach (RoundState round in state.Rounds)
        {
            AskForVerdicts(state, round);
        }

        // The timeouts of later steps are scheduled by the rules, as the votes come in again.
        ScheduleTimeout(state, TimeoutKind.Propose);
        OnResendRequested();
        return true;
    }

    private static SignedStep? Restore(HeightState state, JournalRecord record)
    {
        switch (record)
        {
            case JournalRecord.OwnProposal { Proposal: var proposal }:
                RestoreProposal(state, proposal);
                return new SignedStep(state.Height, proposal.Round, RoundStep.Propose);
            case JournalRecord.OwnVote { Vote: var vote } when vote.Validator == state.OwnIndex:
                RestoreVote(state, vote);
                if (vote is { Type: VoteType.Precommit, BlockHash: not null }
                    && (state.LockedRound is not { } locked || vote.Round > locked))
                {
                    state.LockedBlock = vote.BlockHash; // L38
                    state.LockedRound = vote.Round; // L39
                }

                RoundStep step = vote.Type == VoteType.Prevote ? RoundStep.Prevote : RoundStep.Precommit;
                return new SignedStep(state.Height, vote.Round, step);
            case JournalRecord.Polka { Proposal: var proposal } polka:
                RestoreProposal(state, proposal);
                foreach (Vote prevote in polka.Prevotes)
                {
                    RestoreVote(state, prevote);
                }

                if (state.ValidRound is not { } valid || proposal.Round > valid)
                {
                    state.ValidProposal = proposal; // L42
                    state.ValidRound = proposal.Round; // L43
                }

                return null;
            case JournalRecord.RoundEnd end:
                foreach (Vote precommit in end.Precommits)
                {
                    RestoreVote(state, precommit);
                    state.RoundAt(precommit.Round.Next).IsEntryKept = true;
                }

                return null;
            default:
                return null;
        }
    }

    private static void RestoreProposal(HeightState state, Proposal proposal)
    {
        RoundState round = state.RoundAt(proposal.Round);
        round.Add(proposal);
        round.Hear(state.Proposers.ProposerOf(proposal.Round));
    }

    private static void RestoreVote(HeightState state, Vote vote)
    {
        RoundState round = state.RoundAt(vote.Round);
        round.Votes(vote.Type).Add(vote, blockIsProposed: true, out _);
        round.Hear(vote.Validator);
    }

    // Bounded by a few votes of each member. The votes of the round before let a late node end that round, the
    // polka of the valid round lets it accept the proposal that refers to it (L28), and the last height's precommits
    // let it commit that.
    private void OnResendRequested()
    {
        if (_state is not { } state)
        {
            return;
        }

        List<Proposal> proposals = [];
        List<Vote> votes = [.. _lastCommit?.Votes ?? []];
        RoundState current = state.DecidedIn ?? state.Current;
        if (state.ValidRound is { } valid && valid != current.Round && state.FindRound(valid) is { } polka)
        {
            AddIfAny(proposals, state.ValidProposal);
            votes.AddRange(polka.Prevotes.VotesForBlock(state.ValidProposal!.BlockHash));
        }

        if (current.Round > Round.Zero && state.FindRound(new Round(current.Round.Value - 1)) is { } before)
        {
            votes.AddRange(before.Prevotes.ToTell().Except(votes)); // may be that very polka
            votes.AddRange(before.Precommits.ToTell());
        }

        AddIfAny(proposals, current.Proposal);
        AddIfAny(proposals, current.SecondProposal);
        votes.AddRange(current.Prevotes.ToTell());
        votes.AddRange(current.Precommits.ToTell());
        if (proposals.Count + votes.Count > 0)
        {
            _effects.Add(new ConsensusEffect.Resend(proposals, votes));
        }
    }

    private static void AddIfAny(List<Proposal> proposals, Proposal? proposal)
    {
        if (proposal is not null)
        {
            proposals.Add(proposal);
        }
    }
}
