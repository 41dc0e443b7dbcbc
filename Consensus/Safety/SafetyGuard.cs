using EnergyChain.Consensus.Effects;
using EnergyChain.Consensus.Inputs;
using EnergyChain.Consensus.State;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Safety;

/// <summary>
/// The one place that signs consensus messages. It puts what it signs into the journal first and never signs at or
/// below the last (height, round, step): a second message for a step does not come into being, whatever asks for it.
/// (Diem's safety rules.) Not thread-safe.
/// </summary>
public sealed class SafetyGuard(SigningKey key, ChainId chainId)
{
    /// <summary>The last step signed for; null before the first.</summary>
    public SignedStep? Last { get; private set; }

    public PublicKey PublicKey => key.PublicKey;

    /// <summary>Takes over what an earlier run signed. Records may come in any order.</summary>
    public void Restore(JournalRecord record)
    {
        SignedStep? step = record switch
        {
            JournalRecord.OwnProposal own =>
                new SignedStep(own.Height, own.Proposal.Round, RoundStep.Propose),
            JournalRecord.OwnVote own => new SignedStep(own.Height, own.Vote.Round, StepOf(own.Vote.Type)),
            _ => null,
        };
        if (step is { } signed && (Last is not { } last || signed.CompareTo(last) > 0))
        {
            Last = signed;
        }
    }

    /// <summary>
    /// Signs a vote, its journal record put into <paramref name="effects"/> first. Null where something was signed
    /// for this step or a later one.
    /// </summary>
    public Vote? SignVote(
        VoteType type, Height height, Round round, Hash32? block, int ownIndex, EffectBuffer effects)
    {
        if (!TryAdvance(new SignedStep(height, round, StepOf(type))))
        {
            return null;
        }

        byte[] bytes = Vote.SignedBytes(type, height, round, block);
        Vote vote = new(type, height, round, block, ownIndex, key.Sign(SigningDomain.Vote, chainId, bytes));
        effects.Add(new ConsensusEffect.AppendJournal(new JournalRecord.OwnVote(vote)));
        return vote;
    }

    /// <summary>Signs a proposal under the same rule as <see cref="SignVote"/>.</summary>
    public Proposal? SignProposal(ProposedValue value, Round round, Round? validRound, EffectBuffer effects)
    {
        Height height = value.Header.Height;
        if (!TryAdvance(new SignedStep(height, round, RoundStep.Propose)))
        {
            return null;
        }

        byte[] bytes = Proposal.SignedBytes(height, round, validRound, value.Header.Hash);
        Proposal proposal = value.ToProposal(round, validRound, key.Sign(SigningDomain.Proposal, chainId, bytes));
        effects.Add(new ConsensusEffect.AppendJournal(new JournalRecord.OwnProposal(proposal)));
        return proposal;
    }

    private static RoundStep StepOf(VoteType type) =>
        type == VoteType.Prevote ? RoundStep.Prevote : RoundStep.Precommit;

    private bool TryAdvance(SignedStep step)
    {
        if (Last is { } last && step.CompareTo(last) <= 0)
        {
            return false;
        }

        Last = step;
        return true;
    }
}
