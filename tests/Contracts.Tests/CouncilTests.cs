using EnergyChain.Contracts.Events;
using EnergyChain.Contracts.Tests.Chain;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Tests;

/// <summary>The life of proposals and what the chain's own call does, on the compiled code.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CouncilTests
{
    private const int Newcomer = 50;
    private const ulong Blocks = 100;

    private readonly CouncilChain _chain = new(4);

    [Test]
    public void Genesis_members_and_parameters_are_in_force()
    {
        CouncilResult answer = _chain.NextEpoch();
        Assert.That(answer.Members, Is.EqualTo(Keys(0, 1, 2, 3)));
        Assert.That(answer.Parameters, Is.EqualTo(CouncilContract.ValuesOf(CouncilChain.Defaults)));
        IReadOnlyList<CouncilSeat> members = _chain.Ask(CouncilContract.Members());
        Assert.That(members.Select(member => member.Key), Is.EqualTo(Keys(0, 1, 2, 3)));
        Assert.That(members.Select(member => member.Account), Is.EqualTo(Keys(0, 1, 2, 3).Select(k => k.ToAddress())));
        Assert.That(members.All(member => member.Status == MemberStatus.Active), Is.True);
        Assert.That(_chain.Ask(CouncilContract.Quorum()), Is.EqualTo((4, 3)));
    }

    [Test]
    public void Account_of_a_key_is_that_of_the_chain([Range(0, 20)] int seed)
    {
        byte[] bytes = new byte[PublicKey.Size];
        new Random(seed).NextBytes(bytes);
        PublicKey key = new(bytes);
        Assert.That(_chain.Ask(CouncilContract.AccountOf(key)), Is.EqualTo(key.ToAddress()));
    }

    [Test]
    public void Member_is_added_at_the_end_by_more_than_two_thirds_at_the_next_epoch()
    {
        CouncilResult proposed = Propose(0, CouncilContract.ProposeAdd(CouncilChain.Key(Newcomer), Blocks));
        Assert.That(proposed.Events, Is.EqualTo(new CouncilEvent[]
        {
            new CouncilEvent.Proposed(
                1, CouncilChain.Account(0), ProposalKind.Add, CouncilChain.Key(Newcomer), default, UInt256.Zero,
                new Height(101)),
            new CouncilEvent.Approved(1, CouncilChain.Account(0), 1, 4),
        }));
        Assert.That(Approve(1, 1).Events, Has.Count.EqualTo(1));
        Assert.That(_chain.NextEpoch().Members, Is.EqualTo(Keys(0, 1, 2, 3)), "two of four are not enough");
        Assert.That(Approve(2, 1).Events[^1], Is.EqualTo(new CouncilEvent.Accepted(1, 3, 4)));
        Assert.That(_chain.OnBlock().Succeeds().Members, Is.EqualTo(Keys(0, 1, 2, 3, Newcomer)));
        Assert.That(_chain.NextEpoch().Members, Is.EqualTo(Keys(0, 1, 2, 3, Newcomer)));
        CouncilProposal proposal = _chain.Ask(CouncilContract.ProposalOf(1));
        Assert.That(proposal.State, Is.EqualTo(ProposalState.Applied));
        Assert.That(proposal.ClosedAt, Is.EqualTo(new Height(10)));
        Assert.That(_chain.Ask(CouncilContract.OpenProposals(0, 10)), Is.Empty);
        CouncilSeat newcomer = _chain.Ask(CouncilContract.MemberOf(CouncilChain.Account(Newcomer)));
        Assert.That(newcomer.Status, Is.EqualTo(MemberStatus.Active));
        Assert.That(newcomer.JoinedAt, Is.EqualTo(new Height(10)));
        Propose(Newcomer, CouncilContract.ProposeRemove(CouncilChain.Key(0), Blocks));
    }

    [Test]
    public void Applied_only_at_heights_that_the_epoch_length_divides()
    {
        Decide(CouncilContract.ProposeAdd(CouncilChain.Key(Newcomer), Blocks), 0, 1, 2);
        _chain.Height = 9;
        Assert.That(_chain.OnBlock().Succeeds().Members, Has.Count.EqualTo(4));
        _chain.Height = 10;
        CouncilResult epoch = _chain.OnBlock().Succeeds();
        Assert.That(epoch.Members, Has.Count.EqualTo(5));
        Assert.That(epoch.Events, Is.EqualTo(new CouncilEvent[]
        {
            new CouncilEvent.MemberAdded(CouncilChain.Key(Newcomer), CouncilChain.Account(Newcomer)),
            new CouncilEvent.Applied(1, new Height(10)),
        }));
    }

    [Test]
    public void Removed_member_leaves_no_gap_and_its_approvals_count_for_nothing()
    {
        CouncilChain chain = new(5);
        chain.By(1, CouncilContract.ProposeAdd(CouncilChain.Key(Newcomer), Blocks)).Succeeds();
        chain.By(2, CouncilContract.Approve(1)).Succeeds();
        chain.By(3, CouncilContract.Approve(1)).Succeeds();
        foreach (int judge in new[] { 0, 2, 3, 4 })
        {
            byte[] call = judge == 0
                ? CouncilContract.ProposeRemove(CouncilChain.Key(1), Blocks)
                : CouncilContract.Approve(2);
            chain.By(judge, call).Succeeds();
        }

        CouncilResult epoch = chain.NextEpoch();
        Assert.That(epoch.Members, Is.EqualTo(Keys(0, 2, 3, 4)));
        Assert.That(chain.Ask(CouncilContract.ProposalOf(1)).Approvals, Is.EqualTo(2), "three before the removal");
        Assert.That(chain.Ask(CouncilContract.ApproversOf(1)), Is.EqualTo(Keys(2, 3)));
        Assert.That(chain.By(1, CouncilContract.Approve(1)).Error, Is.EqualTo("NotMember"));
        Assert.That(chain.NextEpoch().Members, Is.EqualTo(Keys(0, 2, 3, 4)));
        chain.By(4, CouncilContract.Approve(1)).Succeeds();
        Assert.That(chain.NextEpoch().Members, Is.EqualTo(Keys(0, 2, 3, 4, Newcomer)));
    }

    [Test]
    public void Member_that_gets_the_seat_of_a_removed_one_inherits_no_approval()
    {
        Propose(3, CouncilContract.ProposeParameter(CouncilParameter.GasPrice, 7UL, Blocks));
        Approve(0, 1);
        Decide(CouncilContract.ProposeRemove(CouncilChain.Key(3), Blocks), 0, 1, 2);
        Decide(CouncilContract.ProposeAdd(CouncilChain.Key(Newcomer), Blocks), 0, 1, 2);
        Assert.That(_chain.NextEpoch().Members, Is.EqualTo(Keys(0, 1, 2, Newcomer)));
        Assert.That(_chain.Ask(CouncilContract.ApproversOf(1)), Is.EqualTo(Keys(0)));
        Assert.That(_chain.By(Newcomer, CouncilContract.Approve(1)).Error, Is.EqualTo("None"));
    }

    [Test]
    public void Suspension_binds_at_once_and_keeps_the_place_until_reinstatement()
    {
        Propose(1, CouncilContract.ProposeParameter(CouncilParameter.GasPrice, 7UL, Blocks));
        _chain.Height = 3;
        CouncilResult answer = _chain.OnBlock(1).Succeeds();
        Assert.That(answer.Members, Is.EqualTo(Keys(0, 2, 3)));
        Assert.That(answer.Events, Is.EqualTo(new[]
        {
            new CouncilEvent.Suspended(CouncilChain.Key(1), CouncilChain.Account(1), new Height(3)),
        }));
        Assert.That(_chain.By(1, CouncilContract.Approve(1)).Reason, Does.Contain("MemberSuspended").And.Contain("3"));
        CouncilSeat[] members = [.. _chain.Ask(CouncilContract.Members())];
        Assert.That(members.Select(member => member.Key), Is.EqualTo(Keys(0, 1, 2, 3)));
        Assert.That(members[1].Status, Is.EqualTo(MemberStatus.Suspended));
        Assert.That(members[1].SuspendedAt, Is.EqualTo(new Height(3)));
        Assert.That(_chain.Ask(CouncilContract.ProposalOf(1)).Approvals, Is.Zero, "a suspended approval counts not");

        Decide(CouncilContract.ProposeReinstate(CouncilChain.Key(1), Blocks), 0, 2, 3);
        Assert.That(_chain.NextEpoch().Members, Is.EqualTo(Keys(0, 1, 2, 3)));
        Assert.That(
            _chain.Ask(CouncilContract.MemberOf(CouncilChain.Account(1))).SuspendedAt, Is.EqualTo(default(Height)));
        Assert.That(_chain.Ask(CouncilContract.ProposalOf(1)).Approvals, Is.EqualTo(1));
    }

    [Test]
    public void Last_active_member_is_neither_suspended_nor_removed()
    {
        CouncilResult answer = _chain.OnBlock(0, 1, 2, 3, 3, 99).Succeeds();
        Assert.That(answer.Members, Is.EqualTo(Keys(3)));
        Assert.That(
            answer.Events.OfType<CouncilEvent.LastMemberSpared>().First(),
            Is.EqualTo(new CouncilEvent.LastMemberSpared(CouncilChain.Key(3), new Height(1))));
        Propose(3, CouncilContract.ProposeRemove(CouncilChain.Key(3), Blocks));
        Assert.That(_chain.NextEpoch().Members, Is.EqualTo(Keys(3)));
        CouncilProposal waiting = _chain.Ask(CouncilContract.ProposalOf(1));
        Assert.That(waiting.IsAccepted, Is.True);
        Assert.That(waiting.Obstacle, Is.EqualTo(ProposalObstacle.LastActiveMember));
        Propose(3, CouncilContract.ProposeReinstate(CouncilChain.Key(0), Blocks));
        Assert.That(_chain.NextEpoch().Members, Is.EqualTo(Keys(0, 3)), "the removal came first and waited");
        _chain.By(3, CouncilContract.Approve(1));
        _chain.By(0, CouncilContract.Approve(1)).Succeeds();
        Assert.That(_chain.NextEpoch().Members, Is.EqualTo(Keys(0)));
    }

    [Test]
    public void Parameter_is_set_and_returned()
    {
        Decide(CouncilContract.ProposeParameter(CouncilParameter.BlockIntervalMs, 500UL, Blocks), 0, 1, 2);
        CouncilResult epoch = _chain.NextEpoch();
        Assert.That(epoch.Parameters[0], Is.EqualTo((UInt256)500UL));
        Assert.That(epoch.Events[0], Is.EqualTo(
            new CouncilEvent.ParameterSet(CouncilParameter.BlockIntervalMs, 500UL, 1000UL)));
        Assert.That(_chain.Ask(CouncilContract.Parameters()), Is.EqualTo(epoch.Parameters));
    }

    [Test]
    public void New_epoch_length_holds_from_the_next_epoch_on()
    {
        Decide(CouncilContract.ProposeParameter(CouncilParameter.EpochBlocks, 7UL, Blocks), 0, 1, 2);
        _chain.NextEpoch();
        Assert.That(_chain.Ask(CouncilContract.NextEpoch()), Is.EqualTo(new Height(14)));
        Decide(CouncilContract.ProposeAdd(CouncilChain.Key(Newcomer), Blocks), 0, 1, 2);
        _chain.Height = 20;
        Assert.That(_chain.OnBlock().Succeeds().Members, Has.Count.EqualTo(4), "20 was an epoch of the old length");
        _chain.Height = 21;
        Assert.That(_chain.OnBlock().Succeeds().Members, Has.Count.EqualTo(5));
    }

    [Test]
    public void Gas_limits_that_would_cross_wait_for_each_other()
    {
        Decide(CouncilContract.ProposeParameter(CouncilParameter.BlockGasLimit, 100_000_000UL, Blocks), 0, 1, 2);
        Decide(CouncilContract.ProposeParameter(CouncilParameter.TransactionGasLimit, 50_000_000UL, Blocks), 0, 1, 2);
        CouncilProposal first = _chain.Ask(CouncilContract.ProposalOf(1));
        Assert.That(first.Obstacle, Is.EqualTo(ProposalObstacle.GasLimitsCross));
        Assert.That(Gas(_chain.NextEpoch()), Is.EqualTo((2_000_000_000UL, 50_000_000UL)));
        Assert.That(Gas(_chain.NextEpoch()), Is.EqualTo((100_000_000UL, 50_000_000UL)));

        static (ulong Block, ulong Transaction) Gas(CouncilResult epoch) =>
            ((ulong)epoch.Parameters[1], (ulong)epoch.Parameters[2]);
    }

    [Test]
    public void Proposal_expires_after_its_last_height()
    {
        Propose(0, CouncilContract.ProposeAdd(CouncilChain.Key(Newcomer), 9));
        Approve(1, 1);
        _chain.Height = 11;
        Assert.That(_chain.By(2, CouncilContract.Approve(1)).Reason, Does.Contain("ProposalExpired").And.Contain("10"));
        CouncilResult epoch = _chain.NextEpoch();
        Assert.That(epoch.Events, Is.EqualTo(new[] { new CouncilEvent.Expired(1, new Height(20)) }));
        Assert.That(
            _chain.By(2, CouncilContract.Approve(1)).Error, Is.EqualTo("ProposalClosed"));
    }

    [Test]
    public void Accepted_proposal_is_applied_at_its_last_height_and_not_after()
    {
        Decide(CouncilContract.ProposeAdd(CouncilChain.Key(Newcomer), 9), 0, 1, 2);
        _chain.Height = 10;
        Assert.That(_chain.OnBlock().Succeeds().Members, Has.Count.EqualTo(5));

        CouncilChain late = new(4);
        late.By(0, CouncilContract.ProposeAdd(CouncilChain.Key(Newcomer), 10)).Succeeds();
        late.NextEpoch();
        late.By(1, CouncilContract.Approve(1)).Succeeds();
        late.Height = 11;
        late.By(2, CouncilContract.Approve(1)).Succeeds();
        Assert.That(late.NextEpoch().Members, Has.Count.EqualTo(4));
    }

    [Test]
    public void Withdrawn_approval_is_counted_again_at_the_epoch()
    {
        Decide(CouncilContract.ProposeAdd(CouncilChain.Key(Newcomer), Blocks), 0, 1, 2);
        CouncilResult withdrawn = _chain.By(1, CouncilContract.Withdraw(1)).Succeeds();
        Assert.That(
            withdrawn.Events, Is.EqualTo(new[] { new CouncilEvent.Withdrawn(1, CouncilChain.Account(1), 2, 4) }));
        Assert.That(_chain.NextEpoch().Members, Has.Count.EqualTo(4));
        Assert.That(_chain.By(1, CouncilContract.Withdraw(1)).Error, Is.EqualTo("NotApproved"));
        Approve(1, 1);
        Assert.That(_chain.NextEpoch().Members, Has.Count.EqualTo(5));
    }

    [Test]
    public void Proposal_that_nobody_approves_any_more_is_abandoned()
    {
        Propose(0, CouncilContract.ProposeAdd(CouncilChain.Key(Newcomer), Blocks));
        Propose(0, CouncilContract.ProposeAdd(CouncilChain.Key(Newcomer + 1), Blocks));
        CouncilResult withdrawn = _chain.By(0, CouncilContract.Withdraw(1)).Succeeds();
        Assert.That(withdrawn.Events[^1], Is.EqualTo(new CouncilEvent.Abandoned(1, new Height(1))));
        Assert.That(
            _chain.Ask(CouncilContract.OpenProposals(0, 10)).Select(open => open.Id), Is.EqualTo(new ulong[] { 2 }));

        Decide(CouncilContract.ProposeRemove(CouncilChain.Key(0), Blocks), 1, 2, 3);
        _chain.NextEpoch();
        Assert.That(
            _chain.NextEpoch().Events, Is.EqualTo(new[] { new CouncilEvent.Abandoned(2, new Height(20)) }),
            "its only supporter was removed");
    }

    [Test]
    public void Refusals_name_what_is_wrong()
    {
        PublicKey member = CouncilChain.Key(2);
        PublicKey stranger = CouncilChain.Key(Newcomer);
        Refuses(Newcomer, CouncilContract.ProposeAdd(stranger, Blocks), "NotMember");
        Refuses(0, CouncilContract.ProposeAdd(default, Blocks), "InvalidKey");
        Refuses(0, CouncilContract.ProposeAdd(member, Blocks), "MemberExists");
        Refuses(0, CouncilContract.ProposeRemove(stranger, Blocks), "UnknownMember");
        Refuses(0, CouncilContract.ProposeReinstate(stranger, Blocks), "UnknownMember");
        Refuses(0, CouncilContract.ProposeReinstate(member, Blocks), "MemberNotSuspended");
        Refuses(0, CouncilContract.ProposeAdd(stranger, 8), "DurationOutOfRange");
        Refuses(0, CouncilContract.ProposeAdd(stranger, 9 + CouncilLimits.MaxWaitBlocks + 1), "DurationOutOfRange");
        Refuses(0, CouncilContract.ProposeAdd(stranger, ulong.MaxValue), "DurationOutOfRange");
        Refuses(0, CouncilContract.Approve(0), "UnknownProposal");
        Refuses(0, CouncilContract.Approve(1), "UnknownProposal");
        Refuses(0, CouncilContract.Withdraw(1), "UnknownProposal");
        Propose(0, CouncilContract.ProposeAdd(stranger, Blocks));
        Refuses(1, CouncilContract.ProposeAdd(stranger, 50), "AlreadyProposed");
        Refuses(0, CouncilContract.Approve(1), "AlreadyApproved");
        Refuses(Newcomer, CouncilContract.Approve(1), "NotMember");
        Refuses(1, CouncilContract.Withdraw(1), "NotApproved");
        CouncilResult system = _chain.By(0, CouncilContract.OnBlock(new Height(1), []));
        Assert.That(system.Error, Is.EqualTo("NotSystem"));
        CouncilResult paid = _chain.Send(CouncilChain.Account(0), CouncilContract.Approve(1), value: 0UL);
        Assert.That(paid.Error, Is.EqualTo("AlreadyApproved"));
    }

    [TestCase(CouncilParameter.BlockIntervalMs, 100UL, 60_000UL)]
    [TestCase(CouncilParameter.BlockGasLimit, 5_000_000UL, 1_000_000_000_000UL)]
    [TestCase(CouncilParameter.TransactionGasLimit, 5_000_000UL, 1_000_000_000_000UL)]
    [TestCase(CouncilParameter.GasPrice, 0UL, 1_000_000_000_000_000UL)]
    [TestCase(CouncilParameter.EpochBlocks, 1UL, 1_000_000UL)]
    public void Parameter_is_held_to_its_range(CouncilParameter parameter, ulong least, ulong most)
    {
        Assert.That(_chain.Ask(CouncilContract.ParameterRange(parameter)), Is.EqualTo(((UInt256)least, (UInt256)most)));
        Propose(0, CouncilContract.ProposeParameter(parameter, least, Blocks));
        Propose(0, CouncilContract.ProposeParameter(parameter, most, Blocks));
        Refuses(0, CouncilContract.ProposeParameter(parameter, most + 1, Blocks), "ValueOutOfRange");
        Refuses(0, CouncilContract.ProposeParameter(parameter, UInt256.MaxValue, Blocks), "ValueOutOfRange");
        if (least > 0)
        {
            Refuses(0, CouncilContract.ProposeParameter(parameter, least - 1, Blocks), "ValueOutOfRange");
        }

        foreach (ulong value in new[] { least, most })
        {
            Assert.That(ParameterLimits.AreKept(With(parameter, value)), Is.True, "what passes here the chain takes");
        }
    }

    [Test]
    public void Unknown_parameter_is_refused() =>
        Refuses(0, CouncilContract.ProposeParameter((CouncilParameter)5, 1UL, Blocks), "UnknownParameter");

    [Test]
    public void Single_member_decides_alone()
    {
        CouncilChain chain = new(1);
        CouncilResult proposed = chain.By(0, CouncilContract.ProposeAdd(CouncilChain.Key(Newcomer), Blocks)).Succeeds();
        Assert.That(proposed.Events[^1], Is.EqualTo(new CouncilEvent.Accepted(1, 1, 1)));
        Assert.That(chain.NextEpoch().Members, Is.EqualTo(Keys(0, Newcomer)));
    }

    [TestCase(ErasureGround.Request)]
    [TestCase(ErasureGround.Court)]
    [TestCase(ErasureGround.Unlawful)]
    [TestCase(ErasureGround.Mistake)]
    public void Record_is_erased_at_the_next_epoch_and_stays_erased(ErasureGround ground)
    {
        Hash32 record = CouncilChain.Record(7);
        CouncilResult proposed = Propose(0, CouncilContract.ProposeErase(record, ground, Blocks));
        Assert.That(proposed.Events[0], Is.EqualTo(
            new CouncilEvent.Proposed(
                1, CouncilChain.Account(0), ProposalKind.EraseRecord, default, default, UInt256.Zero, new Height(101))
            {
                Record = record,
                Ground = ground,
            }));
        CouncilProposal open = _chain.Ask(CouncilContract.ProposalOf(1));
        Assert.That((open.Kind, open.Record, open.Ground), Is.EqualTo((ProposalKind.EraseRecord, record, ground)));
        Approve(1, 1);
        Assert.That(_chain.NextEpoch().Events, Is.Empty, "two of four are not enough");
        Assert.That(_chain.Ask(CouncilContract.ErasureOf(record)), Is.Null);
        Approve(2, 1);
        RecordErasure decided = new(record, 1, new Height(20), ground);
        Assert.That(_chain.NextEpoch().Events, Is.EqualTo(new CouncilEvent[]
        {
            new CouncilEvent.RecordErased(decided),
            new CouncilEvent.Applied(1, new Height(20)),
        }));
        Assert.That(_chain.Ask(CouncilContract.ErasureOf(record)), Is.EqualTo(decided));
        Assert.That(_chain.Ask(CouncilContract.Erasures(0, 10)), Is.EqualTo(new[] { decided }));
        Assert.That(_chain.Ask(CouncilContract.ErasureCount()), Is.EqualTo(1));
        Refuses(3, CouncilContract.ProposeErase(record, ErasureGround.Court, Blocks), "AlreadyErased");
    }

    [Test]
    public void Erasure_is_refused_without_a_record_without_a_ground_and_twice()
    {
        Hash32 record = CouncilChain.Record(7);
        Refuses(0, CouncilContract.ProposeErase(default, ErasureGround.Court, Blocks), "InvalidTransaction");
        Refuses(0, CouncilContract.ProposeErase(record, ErasureGround.None, Blocks), "UnknownGround");
        Refuses(0, CouncilContract.ProposeErase(record, (ErasureGround)5, Blocks), "UnknownGround");
        Refuses(Newcomer, CouncilContract.ProposeErase(record, ErasureGround.Court, Blocks), "NotMember");
        Propose(0, CouncilContract.ProposeErase(record, ErasureGround.Court, Blocks));
        Refuses(1, CouncilContract.ProposeErase(record, ErasureGround.Request, Blocks), "AlreadyProposed");
    }

    // Otherwise it would lift the suspension of who was added anew.
    [Test]
    public void Vote_to_reinstate_ends_with_the_membership()
    {
        _chain.OnBlock(3).Succeeds();
        Propose(0, CouncilContract.ProposeReinstate(CouncilChain.Key(3), 1_000));
        Approve(1, 1);
        Decide(CouncilContract.ProposeRemove(CouncilChain.Key(3), Blocks), 0, 1, 2);
        CouncilResult epoch = _chain.NextEpoch();
        Assert.That(epoch.Events[^1], Is.EqualTo(new CouncilEvent.Abandoned(1, new Height(10))));
        Assert.That(_chain.Ask(CouncilContract.ProposalOf(1)).State, Is.EqualTo(ProposalState.Abandoned));
        Assert.That(_chain.Ask(CouncilContract.OpenProposals(0, 10)), Is.Empty);
        Decide(CouncilContract.ProposeAdd(CouncilChain.Key(3), Blocks), 0, 1, 2);
        _chain.NextEpoch();
        _chain.OnBlock(3).Succeeds();
        Refuses(2, CouncilContract.Approve(1), "ProposalClosed");
        Assert.That(_chain.NextEpoch().Members, Is.EqualTo(Keys(0, 1, 2)), "still suspended");
    }

    private static PublicKey[] Keys(params int[] numbers) => [.. numbers.Select(CouncilChain.Key)];

    // The other gas limit goes along where the two must fit.
    private static ChainParameters With(CouncilParameter parameter, ulong value) => parameter switch
    {
        CouncilParameter.BlockIntervalMs => CouncilChain.Defaults with { BlockIntervalMs = value },
        CouncilParameter.BlockGasLimit or CouncilParameter.TransactionGasLimit =>
            CouncilChain.Defaults with { BlockGasLimit = new Gas(value), TransactionGasLimit = new Gas(value) },
        CouncilParameter.GasPrice => CouncilChain.Defaults with { GasPrice = value },
        _ => CouncilChain.Defaults with { EpochBlocks = value },
    };

    private CouncilResult Propose(int member, byte[] call) => _chain.By(member, call).Succeeds();

    private CouncilResult Approve(int member, ulong id) => _chain.By(member, CouncilContract.Approve(id)).Succeeds();

    private void Decide(byte[] proposal, params int[] members)
    {
        ulong id = Propose(members[0], proposal).Id;
        foreach (int member in members[1..])
        {
            Approve(member, id);
        }
    }

    private void Refuses(int caller, byte[] call, string error) =>
        Assert.That(_chain.By(caller, call).Error, Is.EqualTo(error));
}
