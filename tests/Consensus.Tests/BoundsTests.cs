using EnergyChain.Consensus.Effects;
using EnergyChain.Consensus.Inputs;
using EnergyChain.Consensus.Rules;
using EnergyChain.Consensus.State;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Tests;

/// <summary>
/// Memory is bounded whatever is sent (Celo#183, kaia#898, #1029, #1063), however long a height lasts.
/// </summary>
public sealed class BoundsTests
{
    private static readonly TestCouncil Council = new(4);

    [Test]
    [Property("Incident", "Celo#183, kaia#898, #1029, #1063")]
    public void Future_rounds_of_one_member_are_kept_up_to_the_window_and_move_nothing()
    {
        TendermintMachine machine = Started(out EffectBuffer effects);
        for (uint round = 1; round < 500; round++)
        {
            GiveVote(machine, effects, round, 3);
        }

        // Beyond the window a member's highest round is known and none of its votes.
        Assert.That(machine.Wants(Council.Vote(VoteType.Prevote, 1, Limits.MaxRoundsAhead, null, 3)), Is.False);
        Assert.That(machine.Wants(Council.Vote(VoteType.Prevote, 1, 499, null, 3)), Is.False);
        Assert.That(machine.Wants(Council.Vote(VoteType.Precommit, 1, 300, null, 3)), Is.False);
        Assert.That(machine.Wants(Council.Vote(VoteType.Prevote, 1, 500, null, 3)), Is.True);
        Assert.That(machine.Round, Is.EqualTo(Round.Zero));
        Assert.That(effects.Count, Is.Zero);
    }

    [Test]
    public void Council_that_is_further_ahead_than_the_window_is_followed()
    {
        TendermintMachine machine = Started(out EffectBuffer effects);
        GiveVote(machine, effects, uint.MaxValue, 3);
        Assert.That(machine.Round, Is.EqualTo(Round.Zero));
        GiveVote(machine, effects, 1_000, 2);
        Assert.That(machine.Round, Is.EqualTo(new Round(1_000)));
        GiveVote(machine, effects, 1_001, 1);
        Assert.That(machine.Round, Is.EqualTo(new Round(1_000)), "one member alone moves nothing");
    }

    [Test]
    public void Late_precommit_of_a_larger_council_before_is_not_looked_up_in_this_one()
    {
        TestCouncil larger = new(7);
        TendermintMachine machine = larger.Machine(0);
        EffectBuffer effects = new();
        machine.Step(new ConsensusInput.StartHeight(new Height(1), larger.ProposersOf(1), 0, []), effects);
        Proposal proposal = larger.Proposal(larger.Value(1, 1, 0), 0);
        Give(machine, effects, proposal);
        foreach (int voter in new[] { 0, 1, 2, 3, 4 })
        {
            machine.Step(
                new ConsensusInput.VoteReceived(
                    larger.Vote(VoteType.Precommit, 1, 0, proposal.BlockHash, voter)),
                effects);
        }

        Assert.That(machine.IsDecided);
        machine.Step(new ConsensusInput.StartHeight(new Height(2), Council.ProposersOf(2), 0, []), effects);
        Assert.That(machine.Wants(larger.Vote(VoteType.Precommit, 1, 0, proposal.BlockHash, 6)), Is.True);
        Vote nobody = larger.Vote(VoteType.Precommit, 1, 0, proposal.BlockHash, 6) with { Validator = 9 };
        Assert.That(machine.Wants(nobody), Is.False);
        Assert.That(machine.Wants(nobody with { Validator = -1 }), Is.False);
    }

    [Test]
    public void Height_of_a_thousand_rounds_keeps_the_proposals_of_the_last_ones_and_of_the_valid_value()
    {
        TendermintMachine machine = Started(out EffectBuffer effects);
        Proposal first = Council.Proposal(Council.Value(1, 1, 0), 0);
        Give(machine, effects, first);
        machine.Step(new ConsensusInput.ProposalValidated(new Height(1), first.BlockHash, true), effects);
        foreach (int voter in new[] { 1, 2 })
        {
            machine.Step(
                new ConsensusInput.VoteReceived(Council.Vote(VoteType.Prevote, 1, 0, first.BlockHash, voter)), effects);
        }

        for (uint round = 0; round < 1_000; round++)
        {
            machine.Step(
                new ConsensusInput.TimeoutElapsed(
                    new ConsensusTimeout(TimeoutKind.Precommit, new Height(1), new Round(round))),
                effects);
            int proposer = Council.ProposersOf(1).ProposerOf(new Round(round + 1));
            if (proposer != 0)
            {
                Give(machine, effects, Council.Proposal(Council.Value(1, proposer, round + 1), round + 1));
            }
        }

        Assert.That(machine.Round, Is.EqualTo(new Round(1_000)));
        Assert.That(machine.LockedRound, Is.EqualTo(Round.Zero));
        Assert.That(machine.Proposals.Count(), Is.LessThan(Limits.MaxRoundsBehind + 4));
        Assert.That(machine.Proposals.Select(proposal => proposal.BlockHash), Does.Contain(first.BlockHash));
    }

    private static TendermintMachine Started(out EffectBuffer effects)
    {
        TendermintMachine machine = Council.Machine(0);
        effects = new EffectBuffer();
        machine.Step(new ConsensusInput.StartHeight(new Height(1), Council.ProposersOf(1), 0, []), effects);
        effects.Clear();
        return machine;
    }

    private static void GiveVote(TendermintMachine machine, EffectBuffer effects, uint round, int validator) =>
        machine.Step(
            new ConsensusInput.VoteReceived(Council.Vote(VoteType.Prevote, 1, round, null, validator)), effects);

    private static void Give(TendermintMachine machine, EffectBuffer effects, Proposal proposal) =>
        machine.Step(new ConsensusInput.ProposalReceived(proposal), effects);
}
