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
    public void Future_rounds_of_one_member_are_kept_up_to_the_window_and_move_nothing()
    {
        TendermintMachine machine = Started(out EffectBuffer effects);
        int wanted = 0;
        for (uint round = 1; round < 500; round++)
        {
            Vote vote = Council.Vote(VoteType.Prevote, 1, round, null, 3);
            wanted += machine.Wants(vote) ? 1 : 0;
            machine.Step(new ConsensusInput.VoteReceived(vote), effects);
        }

        Assert.That(wanted, Is.EqualTo(Limits.MaxRoundsAhead));
        Assert.That(machine.Round, Is.EqualTo(Round.Zero));
        Assert.That(effects.Count, Is.Zero);
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

    private static void Give(TendermintMachine machine, EffectBuffer effects, Proposal proposal) =>
        machine.Step(new ConsensusInput.ProposalReceived(proposal), effects);
}
