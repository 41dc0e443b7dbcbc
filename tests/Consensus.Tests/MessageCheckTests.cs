using EnergyChain.Consensus.Effects;
using EnergyChain.Consensus.Inputs;
using EnergyChain.Consensus.Rules;
using EnergyChain.Consensus.Validators;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Tests;

public sealed class MessageCheckTests
{
    private static readonly TestCouncil Council = new(4);
    private static readonly ProposerSchedule Proposers = Council.ProposersOf(1);

    [Test]
    public void Vote_of_another_member_or_chain_or_beyond_the_council_is_refused()
    {
        Vote vote = Council.Vote(VoteType.Prevote, 1, 0, null, 2);
        Assert.That(Holds(vote));
        Assert.That(Holds(vote with { Validator = 1 }), Is.False);
        Assert.That(Holds(vote with { Validator = 4 }), Is.False);
        Assert.That(Holds(vote with { Validator = -1 }), Is.False);
        Assert.That(Holds(vote with { Type = VoteType.Precommit }), Is.False);
        Assert.That(MessageCheck.Holds(vote, new ChainId(8), Council.Council), Is.False);
    }

    [Test]
    public void Proposal_with_contents_that_its_header_does_not_commit_to_is_refused()
    {
        Proposal proposal = Council.Proposal(Council.Value(1, 1, 1), 0);
        Evidence evidence = Evidence.Of(
            Council.Vote(VoteType.Prevote, 1, 0, null, 3),
            Council.Vote(VoteType.Prevote, 1, 0, proposal.BlockHash, 3))!;
        Assert.That(Holds(proposal));
        Assert.That(Holds(proposal with { TransactionIds = [proposal.BlockHash] }), Is.False);
        Assert.That(Holds(proposal with { Evidence = [evidence] }), Is.False);
        Assert.That(
            Holds(proposal with { LastCertificate = new(default, default, default, [], []) }), Is.False);
    }

    [Test]
    public void Proposal_of_another_than_the_rounds_proposer_is_refused()
    {
        Proposal proposal = Council.Proposal(Council.Value(1, 1, 1), 0);
        Assert.That(Holds(proposal with { Round = new Round(1) }), Is.False);
        Assert.That(Holds(Council.Proposal(Council.Value(1, 1, 1), 2, 2)), Is.False, "valid round not before its own");
    }

    // CometBFT ASA-2025-001 and -003: indexes and numbers that a peer makes up.
    [TestCase(ulong.MaxValue, 0u, 0)]
    [TestCase(1ul, 0u, 4)]
    [TestCase(1ul, 0u, int.MaxValue)]
    [TestCase(1ul, 0u, -1)]
    [TestCase(0ul, 0u, 0)]
    public void Machine_ignores_votes_out_of_every_range(ulong height, uint round, int validator)
    {
        TendermintMachine machine = Council.Machine(0);
        EffectBuffer effects = new();
        machine.Step(new ConsensusInput.StartHeight(new Height(1), Proposers, 0, []), effects);
        effects.Clear();
        Vote vote = Council.Vote(VoteType.Precommit, height, round, null, 1) with { Validator = validator };

        Assert.That(machine.Wants(vote), Is.False);
        machine.Step(new ConsensusInput.VoteReceived(vote), effects);
        Assert.That(effects.Count, Is.Zero);
    }

    private static bool Holds(Vote vote) => MessageCheck.Holds(vote, TestCouncil.ChainId, Council.Council);

    private static bool Holds(Proposal proposal) => MessageCheck.Holds(proposal, TestCouncil.ChainId, Proposers);
}
