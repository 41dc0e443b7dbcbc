using CsCheck;
using EnergyChain.Contracts.Abi;
using EnergyChain.Contracts.Tests.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;

namespace EnergyChain.Contracts.Tests;

/// <summary>The largest council with the fullest table, and callers who mean no good.</summary>
public sealed class CouncilBoundsTests
{
    private const int Most = CouncilLimits.MaxMembers;
    private const ulong Blocks = 100;

    [Test]
    public void Limits_of_the_bindings_are_those_of_the_code()
    {
        CouncilChain chain = new(1);
        foreach ((string name, ulong value) in new (string, ulong)[]
        {
            ("MAX_MEMBERS", CouncilLimits.MaxMembers),
            ("MAX_OPEN_PROPOSALS", CouncilLimits.MaxOpenProposals),
            ("MAX_OPEN_PROPOSALS_PER_MEMBER", CouncilLimits.MaxOpenProposalsPerMember),
            ("MAX_WAIT_BLOCKS", CouncilLimits.MaxWaitBlocks),
            ("MAX_PAGE", CouncilLimits.MaxPage),
            ("MAX_EPOCH_ERASURES", CouncilLimits.MaxEpochErasures),
            ("MAX_ERASURE_PAGE", CouncilLimits.MaxErasurePage),
        })
        {
            CouncilResult result = chain.By(0, CouncilContract.Artifact.Abi.Function(name).EncodeCall()).Succeeds();
            Assert.That((ulong)UInt256.FromBigEndian(result.ReturnData), Is.EqualTo(value), name);
        }

        CouncilResult system = chain.By(0, CouncilContract.Artifact.Abi.Function("SYSTEM").EncodeCall());
        Assert.That(new Address(system.ReturnData[12..]), Is.EqualTo(CouncilContract.System));
    }

    [Test]
    public void Faulty_third_cannot_fill_the_table()
    {
        const int faulty = (Most - 1) / 3;
        CouncilChain chain = new(Most);
        for (int k = 0; k < faulty * CouncilLimits.MaxOpenProposalsPerMember; k++)
        {
            chain.By(k % faulty, CouncilContract.ProposeAdd(CouncilChain.Key(1_000 + k), Blocks)).Succeeds();
        }

        byte[] call = CouncilContract.ProposeRemove(CouncilChain.Key(0), Blocks);
        Assert.That(chain.By(0, CouncilContract.ProposeAdd(CouncilChain.Key(5), 1)).Error, Is.Not.EqualTo("None"));
        Assert.That(chain.By(1, call).Error, Is.EqualTo("TooManyProposalsOfMember"));
        Assert.That(chain.By(Most - 1, call).Error, Is.EqualTo("None"));
    }

    [Test]
    public void Full_table_is_refused_and_can_be_paged()
    {
        CouncilChain chain = new(Most);
        FillTheTable(chain, k => CouncilContract.ProposeAdd(CouncilChain.Key(1_000 + k), Blocks));
        CouncilResult refused = chain.By(99, CouncilContract.ProposeAdd(CouncilChain.Key(5_000), Blocks));
        Assert.That(refused.Error, Is.EqualTo("TooManyProposals"));
        ulong[] ids =
        [
            .. Enumerable.Range(0, 5).SelectMany(page =>
                chain.Ask(CouncilContract.OpenProposals((ulong)page * CouncilLimits.MaxPage, ulong.MaxValue)))
                .Select(proposal => proposal.Id),
        ];
        Assert.That(ids, Is.EqualTo(Enumerable.Range(1, CouncilLimits.MaxOpenProposals).Select(id => (ulong)id)));
    }

    [Test]
    public void Council_grows_to_its_bound_and_no_further()
    {
        CouncilChain chain = new(Most - 1);
        foreach (int key in new[] { 1_000, 1_001 })
        {
            chain.By(0, CouncilContract.ProposeAdd(CouncilChain.Key(key), Blocks)).Succeeds();
        }

        Decide(chain, 2, Most - 1);
        Assert.That(chain.NextEpoch().Members, Has.Count.EqualTo(Most));
        Assert.That(
            chain.Ask(CouncilContract.ProposalOf(2)).Obstacle, Is.EqualTo(ProposalObstacle.CouncilFull));
    }

    // 64 removed and 64 added in one epoch, a council that grows as fast as it can, a full table that stays, and one
    // that expires while all but one member are suspended.
    [Test]
    public void Costliest_epochs_stay_far_below_the_gas_of_the_chains_call()
    {
        CouncilChain chain = new(Most);
        FillTheTable(chain, k => k < 64
            ? CouncilContract.ProposeRemove(CouncilChain.Key(k), Blocks)
            : CouncilContract.ProposeAdd(CouncilChain.Key(1_000 + k), Blocks));
        Decide(chain, CouncilLimits.MaxOpenProposals, Most);
        CouncilResult replaced = chain.NextEpoch();
        TestContext.Out.WriteLine($"64 removed, 64 added: {replaced.GasUsed:N0} gas");
        Assert.That(replaced.Members, Has.Count.EqualTo(Most));

        CouncilChain grown = new(1);
        int round = 0;
        ulong worst = replaced.GasUsed;
        while (grown.Ask(CouncilContract.Members()).Count < Most)
        {
            int count = grown.Ask(CouncilContract.Members()).Count;
            int member = 0;
            for (int k = 0; k < count * CouncilLimits.MaxOpenProposalsPerMember && count + k < Most; k++)
            {
                byte[] call = CouncilContract.ProposeAdd(CouncilChain.Key(count + k), Blocks);
                grown.By(member++ % count, call).Succeeds();
            }

            Decide(grown, (int)grown.Ask(CouncilContract.OpenProposals(0, 1))[0].Id + member - 1, count);
            CouncilResult epoch = grown.NextEpoch();
            worst = Math.Max(worst, epoch.GasUsed);
            TestContext.Out.WriteLine($"{epoch.Members.Count - count} added, round {++round}: {epoch.GasUsed:N0} gas");
        }

        CouncilChain waiting = new(Most);
        FillTheTable(waiting, k => CouncilContract.ProposeAdd(CouncilChain.Key(1_000 + k), 9));
        CouncilResult kept = waiting.NextEpoch();
        waiting.Height += CouncilChain.EpochBlocks;
        CouncilResult suspended = waiting.OnBlock([.. Enumerable.Range(0, Most)]).Succeeds();
        TestContext.Out.WriteLine($"full table kept: {kept.GasUsed:N0} gas");
        TestContext.Out.WriteLine($"full table expired, 99 suspended: {suspended.GasUsed:N0} gas");
        worst = Math.Max(worst, Math.Max(kept.GasUsed, suspended.GasUsed));
        Assert.That(worst, Is.LessThan(CouncilChain.SystemGas / 2));
    }

    [Test]
    public void Erasures_beyond_the_bound_of_an_epoch_wait_for_the_next_in_their_order()
    {
        CouncilChain chain = new(Most);
        FillTheTable(
            chain, k => CouncilContract.ProposeErase(CouncilChain.Record(k), ErasureGround.Court, Blocks));
        Decide(chain, CouncilLimits.MaxOpenProposals, Most);
        CouncilResult epoch = chain.NextEpoch();
        TestContext.Out.WriteLine($"{CouncilLimits.MaxEpochErasures} of a full table erased: {epoch.GasUsed:N0} gas");
        Assert.That(epoch.GasUsed, Is.LessThan(CouncilChain.SystemGas / 2));
        Assert.That(
            chain.Ask(CouncilContract.ErasureCount()), Is.EqualTo((ulong)CouncilLimits.MaxEpochErasures));
        chain.NextEpoch();
        Assert.That(
            chain.Ask(CouncilContract.Erasures(0, ulong.MaxValue)).Select(erasure => erasure.TransactionId),
            Is.EqualTo(Enumerable.Range(0, 2 * CouncilLimits.MaxEpochErasures).Select(CouncilChain.Record)));
        Assert.That(
            chain.Ask(CouncilContract.Erasures(31, 5)).Select(erasure => erasure.Decision),
            Is.EqualTo(new ulong[] { 32 }));
        Assert.That(chain.Ask(CouncilContract.Erasures(ulong.MaxValue, 5)), Is.Empty);
    }

    [Test]
    public void Any_call_data_of_any_caller_changes_nothing_that_members_did_not_vote_for()
    {
        AbiFunction[] functions = [.. CouncilContract.Artifact.Abi.Functions];
        CouncilChain chain = new(4);
        chain.By(0, CouncilContract.ProposeAdd(CouncilChain.Key(9), 1_000)).Succeeds();
        Gen.Select(Gen.Int[0, functions.Length], Gen.Byte.Array[0, 200], Gen.Int[0, 5]).Sample(
            (which, bytes, caller) =>
            {
                byte[] data = which == functions.Length ? bytes : [.. functions[which].Selector, .. bytes];
                CouncilResult result = chain.Send(
                    caller == 5 ? Address.Zero : CouncilChain.Account(caller + 4), data, gas: 5_000_000);
                Assert.That(result.Events, Is.Empty);
                Assert.That(
                    result.Status,
                    Is.AnyOf(ExecutionStatus.Success, ExecutionStatus.Revert, ExecutionStatus.OutOfGas),
                    Convert.ToHexString(data));
            },
            iter: 2_000,
            threads: 1);
        Assert.That(chain.NextEpoch().Members, Has.Count.EqualTo(4));
        Assert.That(chain.Ask(CouncilContract.ProposalOf(1)).Approvals, Is.EqualTo(1));
    }

    [Test]
    public void Members_random_call_data_never_breaks_the_chains_call()
    {
        AbiFunction[] functions = [.. CouncilContract.Artifact.Abi.Functions.Where(function => !function.IsView)];
        CouncilChain chain = new(3);
        Gen.Select(Gen.Int[0, functions.Length - 1], Gen.Byte.Array[96], Gen.Int[0, 2], Gen.ULong[0, 20]).Sample(
            (which, bytes, caller, small) =>
            {
                // Small last words, so that numbers of proposals, parameters and blocks often make sense.
                new UInt256(small).WriteBigEndian(bytes.AsSpan(0, 32));
                new UInt256(small + 10).WriteBigEndian(bytes.AsSpan(32, 32));
                chain.By(caller, [.. functions[which].Selector, .. bytes]);
                chain.Height++;
                Assert.That(chain.OnBlock().Succeeds().Members, Is.Not.Empty);
            },
            iter: 1_000,
            threads: 1);
    }

    [TestCase(100_000UL)]
    [TestCase(500_000UL)]
    public void Call_of_the_chain_that_runs_out_of_gas_changes_nothing(ulong gas)
    {
        CouncilChain chain = new(Most);
        chain.Height = 10;
        byte[] call = CouncilContract.OnBlock(new Height(10), [CouncilChain.Key(0)]);
        Assert.That(chain.Send(CouncilContract.System, call, gas).Status, Is.EqualTo(ExecutionStatus.OutOfGas));
        Assert.That(chain.OnBlock().Members, Has.Count.EqualTo(Most));
    }

    [Test]
    public void More_offenders_than_members_are_no_burden()
    {
        CouncilChain chain = new(Most);
        int[] strangers = [.. Enumerable.Range(5_000, 3_000)];
        CouncilResult result = chain.OnBlock([.. strangers, 1]).Succeeds();
        Assert.That(result.Members, Has.Count.EqualTo(Most), "only so many are looked at as there can be members");
    }

    private static void FillTheTable(CouncilChain chain, Func<int, byte[]> call)
    {
        for (int k = 0; k < CouncilLimits.MaxOpenProposals; k++)
        {
            chain.By(98 - (k / CouncilLimits.MaxOpenProposalsPerMember), call(k)).Succeeds();
        }
    }

    private static void Decide(CouncilChain chain, int proposals, int members)
    {
        for (int id = 1; id <= proposals; id++)
        {
            for (int member = 0; member <= members * 2 / 3; member++)
            {
                chain.By(member, CouncilContract.Approve((ulong)id));
            }
        }
    }
}
