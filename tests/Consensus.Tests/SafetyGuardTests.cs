using CsCheck;
using EnergyChain.Consensus.Effects;
using EnergyChain.Consensus.Safety;
using EnergyChain.Consensus.State;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Tests;

public sealed class SafetyGuardTests
{
    private static readonly TestCouncil Council = new(4);

    [Test]
    public void Guard_puts_the_record_before_what_it_gives_out()
    {
        EffectBuffer effects = new();
        Vote vote = Guard().SignVote(VoteType.Prevote, new Height(1), Round.Zero, null, 0, effects)!;
        Assert.That(effects.Effects, Is.EqualTo(
            new[] { new ConsensusEffect.AppendJournal(new JournalRecord.OwnVote(vote)) }));
        Assert.That(vote.SignatureHolds(TestCouncil.ChainId, Council.Council[0].PublicKey));
    }

    [Test]
    public void Guard_signs_one_message_for_each_step_whatever_is_asked() =>
        Gen.Select(Gen.ULong[1, 3], Gen.UInt[0, 3], Gen.Bool, Gen.Bool).Array[1, 60].Sample(requests =>
        {
            SafetyGuard guard = Guard();
            EffectBuffer effects = new();
            SignedStep? last = null;
            foreach ((ulong height, uint round, bool precommit, bool nil) in requests)
            {
                VoteType type = precommit ? VoteType.Precommit : VoteType.Prevote;
                SignedStep step = new(
                    new Height(height), new Round(round), precommit ? RoundStep.Precommit : RoundStep.Prevote);
                Hash32? block = nil ? null : Council.Council.Hash;
                Vote? vote = guard.SignVote(type, step.Height, step.Round, block, 0, effects);
                bool isLater = last is not { } before || step.CompareTo(before) > 0;
                Assert.That(vote is not null, Is.EqualTo(isLater));
                last = isLater ? step : last;
            }
        });

    [Test]
    public void Guard_after_restart_refuses_what_it_signed_before()
    {
        EffectBuffer effects = new();
        Guard().SignVote(VoteType.Precommit, new Height(5), new Round(2), null, 0, effects);
        SafetyGuard restarted = Guard();
        restarted.Restore(((ConsensusEffect.AppendJournal)effects[0]).Record);

        Assert.That(restarted.SignVote(
            VoteType.Precommit, new Height(5), new Round(2), Council.Council.Hash, 0, effects), Is.Null);
        Assert.That(restarted.SignVote(VoteType.Prevote, new Height(5), new Round(2), null, 0, effects), Is.Null);
        Assert.That(restarted.SignVote(VoteType.Prevote, new Height(4), new Round(9), null, 0, effects), Is.Null);
        Assert.That(restarted.SignVote(VoteType.Prevote, new Height(5), new Round(3), null, 0, effects), Is.Not.Null);
    }

    [Test]
    public void Guard_refuses_a_second_proposal_for_a_round()
    {
        SafetyGuard guard = Guard();
        EffectBuffer effects = new();
        Assert.That(guard.SignProposal(Council.Value(1, 0, 1), Round.Zero, null, effects), Is.Not.Null);
        Assert.That(guard.SignProposal(Council.Value(1, 0, 2), Round.Zero, null, effects), Is.Null);
        Assert.That(effects.Count, Is.EqualTo(1));
    }

    private static SafetyGuard Guard() => new(Council.Keys[0], TestCouncil.ChainId);
}
