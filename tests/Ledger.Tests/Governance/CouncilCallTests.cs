using CsCheck;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
using EnergyChain.Ledger.Governance;
using EnergyChain.Ledger.Tests.Execution;

namespace EnergyChain.Ledger.Tests.Governance;

public sealed class CouncilCallTests
{
    private const ulong Epoch = 5;

    private static readonly ChainParameters Parameters = new()
    {
        ChainId = new ChainId(5),
        GasPrice = TestLedger.GasPrice,
        EpochBlocks = Epoch,
    };

    private static readonly Term First = Of(1, 2, 3, 4);

    [Test]
    public void Answer_of_an_epoch_is_in_force_from_the_height_after_the_next()
    {
        Term next = new(Of(1, 2, 3, 5).Council, Parameters with { GasPrice = 11, EpochBlocks = 2 });
        TestLedger ledger = LedgerOf(CouncilStub.Answering(CouncilStub.Encode(next)));

        Assert.That(Grow(ledger, 4).Select(block => block.Council.Verdict), Has.All.EqualTo(CouncilVerdict.NotAsked));
        CouncilDecision decision = Grow(ledger, 1).Single().Council;
        Assert.That(decision.Verdict, Is.EqualTo(CouncilVerdict.Changed));
        Assert.That(decision.Term!.Hash, Is.EqualTo(next.Hash));
        Assert.That(ledger.Terms.At(new Height(6)).Hash, Is.EqualTo(First.Hash));
        Assert.That(ledger.Terms.At(new Height(7)).Hash, Is.EqualTo(next.Hash));
        Assert.That(SlotOf(ledger, CouncilStub.HeightSlot), Is.EqualTo((UInt256)5));

        // By the new epoch, two blocks.
        CouncilVerdict[] later = [.. Grow(ledger, 4).Select(block => block.Council.Verdict)];
        Assert.That(later, Is.EqualTo(new[]
        {
            CouncilVerdict.NotAsked, CouncilVerdict.NotAsked, CouncilVerdict.Unchanged, CouncilVerdict.NotAsked,
        }));
        Assert.That(SlotOf(ledger, CouncilStub.HeightSlot), Is.EqualTo((UInt256)8));
    }

    [Test]
    public void Block_runs_by_the_parameters_of_its_own_height()
    {
        Term next = new(First.Council, Parameters with { GasPrice = 11 });
        TestLedger ledger = LedgerOf(CouncilStub.Answering(CouncilStub.Encode(next)));
        Grow(ledger, 5);

        Assert.That(SkippedReceipt.Is(ledger.Execute(Pay(ledger, 10)).Receipts[0]), Is.False, "height 6, old price");
        Assert.That(SkippedReceipt.Is(ledger.Execute(Pay(ledger, 10)).Receipts[0]), "height 7, old price");
        Assert.That(SkippedReceipt.Is(ledger.Execute(Pay(ledger, 11)).Receipts[0]), Is.False, "height 8, new price");
    }

    [Test]
    public void Call_is_no_transaction_and_leaves_nothing_but_the_contracts_own()
    {
        TestLedger ledger = LedgerOf(CouncilStub.Answering(CouncilStub.Encode(Of(1))));
        Grow(ledger, 4);
        BlockResult result = Grow(ledger, 1).Single();

        Assert.That(result.GasUsed, Is.EqualTo(default(Gas)));
        Assert.That(result.Receipts, Is.Empty);
        Assert.That(result.ReceiptsRoot, Is.EqualTo(Hash32.Zero));
        Assert.That(ledger.State.TryGetAccount(CouncilCall.System, out _), Is.False);
        Assert.That(result.Changes.Accounts, Is.Empty);
        Assert.That(result.Changes.Storage.Select(change => change.Address), Is.All.EqualTo(CouncilCall.Contract));
    }

    // What a block's own transactions vote is heard at the next epoch.
    [Test]
    public void Call_comes_before_the_transactions_of_its_block()
    {
        TestLedger ledger = LedgerOf(CouncilStub.Answering(CouncilStub.Encode(First)));
        Grow(ledger, 4);
        byte[] answer = CouncilStub.Encode(Of(1, 2));
        Transaction vote = ledger.Transfer(0, CouncilCall.Contract, 0, draft =>
        {
            draft.Data = answer;
            draft.GasLimit = 2_000_000;
        });

        BlockResult epoch = ledger.Execute(vote);
        Assert.That(epoch.Receipts[0].Succeeded);
        Assert.That(epoch.Council.Verdict, Is.EqualTo(CouncilVerdict.Unchanged));
        CouncilDecision next = Grow(ledger, 5)[^1].Council;
        Assert.That(next.Term!.Hash, Is.EqualTo(Of(1, 2).Hash));
    }

    [Test]
    public void Chain_without_the_contract_never_asks()
    {
        TestLedger ledger = LedgerOf(new GenesisAccount(CouncilCall.Contract, 1, default, []));

        IEnumerable<BlockResult> blocks = Grow(ledger, 10).Append(ledger.Execute([Conviction(0, 10)], []));
        Assert.That(blocks.Select(block => block.Council.Verdict), Has.All.EqualTo(CouncilVerdict.NotAsked));
    }

    [TestCase("5f5ffd", TestName = "Call_that_reverts_changes_nothing")]
    [TestCase("60015f555b600456", TestName = "Call_that_never_ends_is_out_of_gas_and_changes_nothing")]
    [TestCase("fe", TestName = "Call_that_is_no_code_changes_nothing")]
    public void Call_that_fails_changes_nothing(string code)
    {
        TestLedger ledger = LedgerOf(CouncilStub.Running(code));
        Grow(ledger, 4);
        Hash32 root = ledger.State.Root;

        BlockResult result = Grow(ledger, 1).Single();
        Assert.That(result.Council.Verdict, Is.EqualTo(CouncilVerdict.Failed));
        Assert.That(ledger.State.Root, Is.EqualTo(root));
        Assert.That(ledger.Terms.Starts, Has.Count.EqualTo(1));
    }

    [TestCase("nothing")]
    [TestCase("no members")]
    [TestCase("too many members")]
    [TestCase("a member twice")]
    [TestCase("six parameters")]
    [TestCase("four parameters")]
    [TestCase("other offset")]
    [TestCase("offset over 64 bits")]
    [TestCase("length over 64 bits")]
    [TestCase("bytes behind")]
    [TestCase("bytes missing")]
    [TestCase("interval too short")]
    [TestCase("interval too long")]
    [TestCase("interval over 64 bits")]
    [TestCase("transaction over block")]
    [TestCase("gas price too high")]
    [TestCase("no epoch")]
    public void Answer_that_no_chain_could_go_on_with_is_undone(string nonsense)
    {
        TestLedger ledger = LedgerOf(CouncilStub.Answering(Answer(nonsense)));
        Grow(ledger, 4);
        Hash32 root = ledger.State.Root;

        BlockResult result = Grow(ledger, 1).Single();
        Assert.That(result.Council.Verdict, Is.EqualTo(CouncilVerdict.Nonsense));
        Assert.That(ledger.State.Root, Is.EqualTo(root), "what the call wrote is undone");
        Assert.That(ledger.Terms.Starts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Any_bytes_give_a_term_in_range_or_nonsense() =>
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Int[0, 500], Gen.Int[0, 60]).Sample((noise, at, cut) =>
        {
            byte[] answer = CouncilStub.Encode(Of(1, 2, 3));
            for (int i = 0; i < noise.Length && at + i < answer.Length; i++)
            {
                answer[at + i] = noise[i];
            }

            TestLedger ledger = LedgerOf(CouncilStub.Answering(answer[..^Math.Min(cut / 2, answer.Length)]));
            Grow(ledger, 4);
            CouncilDecision decision = Grow(ledger, 1).Single().Council;
            Assert.That(decision.Verdict, Is.AnyOf(CouncilVerdict.Changed, CouncilVerdict.Nonsense));
            if (decision.Term is { } term)
            {
                Assert.That(ParameterLimits.AreKept(term.Parameters));
                Assert.That(term.Council.Members, Is.Unique);
                Assert.That(CouncilStub.Encode(term), Is.EqualTo(answer), "one term has one encoding");
            }
        }, iter: 200);

    [Test]
    public void Evidence_names_each_offender_once_by_the_council_of_its_own_height()
    {
        Term next = Of(3, 4, 2);
        TestLedger ledger = LedgerOf(CouncilStub.Answering(CouncilStub.Encode(next)));
        Grow(ledger, 11); // from height 7 on, index 1 is member 4

        ledger.Execute([Conviction(1, 6), Conviction(1, 5)], []);
        Assert.That(SlotOf(ledger, CouncilStub.CountSlot), Is.EqualTo(UInt256.One));
        Assert.That(SlotOf(ledger, CouncilStub.OffenderSlot), Is.EqualTo(Word(CouncilStub.Key(2))));
        ledger.Execute([Conviction(1, 7), Conviction(0, 8)], []);
        Assert.That(SlotOf(ledger, CouncilStub.CountSlot), Is.EqualTo((UInt256)2));
        Assert.That(SlotOf(ledger, CouncilStub.OffenderSlot), Is.EqualTo(Word(CouncilStub.Key(4))));
        Assert.That(SlotOf(ledger, CouncilStub.HeightSlot), Is.EqualTo((UInt256)13), "asked though no epoch");
    }

    // Who came back by a vote must not be suspended again for what it did before it left.
    [Test]
    public void Evidence_of_the_time_before_a_member_left_convicts_it_no_more()
    {
        TestLedger ledger = LedgerOf(CouncilStub.Answering(CouncilStub.Encode(Of(1, 3, 4))));
        Grow(ledger, 6);
        ledger.Execute([Conviction(1, 6)], []);
        Assert.That(SlotOf(ledger, CouncilStub.CountSlot), Is.EqualTo(UInt256.Zero), "suspended from height 7 on");

        ledger.Execute(ledger.Transfer(0, CouncilCall.Contract, 0, draft =>
        {
            draft.Data = CouncilStub.Encode(First);
            draft.GasLimit = 2_000_000;
        }));
        Grow(ledger, 3); // back from height 12 on
        ledger.Execute([Conviction(1, 6), Conviction(2, 6)], []);
        Assert.That(SlotOf(ledger, CouncilStub.CountSlot), Is.EqualTo(UInt256.One));
        Assert.That(SlotOf(ledger, CouncilStub.OffenderSlot), Is.EqualTo(Word(CouncilStub.Key(3))), "never left");
        ledger.Execute([Conviction(1, 12)], []);
        Assert.That(SlotOf(ledger, CouncilStub.OffenderSlot), Is.EqualTo(Word(CouncilStub.Key(2))), "a new offence");
    }

    // No honest council certifies such blocks. They must not depend on how much history a node knows.
    [Test]
    public void Evidence_that_convicts_nobody_is_passed_over()
    {
        TestLedger ledger = LedgerOf(CouncilStub.Answering(CouncilStub.Encode(First)));
        ulong height = Limits.MaxEvidenceAgeBlocks + 2;
        Grow(ledger, (int)height - 1);

        ledger.Execute([Conviction(0, 1), Conviction(4, 50), Conviction(0, height), Conviction(0, ulong.MaxValue)], []);
        Assert.That(SlotOf(ledger, CouncilStub.HeightSlot), Is.EqualTo((UInt256)height));
        Assert.That(SlotOf(ledger, CouncilStub.CountSlot), Is.EqualTo(UInt256.Zero));
    }

    private static byte[] Answer(string nonsense)
    {
        byte[] sound = CouncilStub.Encode(Of(1, 2));
        switch (nonsense)
        {
            case "nothing":
                return [];
            case "no members":
                return CouncilStub.Encode(Of());
            case "too many members":
                return CouncilStub.Encode(Of([.. Enumerable.Range(1, Limits.MaxCouncilMembers + 1)]));
            case "a member twice":
                return CouncilStub.Encode(Of(1, 2, 1));
            case "six parameters":
                return CouncilStub.Encode([CouncilStub.Key(1)], [1_000, 30_000_000, 3_000_000, 1, 5, 1]);
            case "four parameters":
                return CouncilStub.Encode([CouncilStub.Key(1)], [1_000, 30_000_000, 3_000_000, 1]);
            case "bytes behind":
                return [.. sound, 0];
            case "bytes missing":
                return sound[..^1];
            default:
                (int word, UInt256 value) = Word(nonsense);
                CouncilStub.Put(sound, word, value);
                return sound;
        }
    }

    private static (int Word, UInt256 Value) Word(string nonsense) => nonsense switch
    {
        "other offset" => (1, 128),
        "offset over 64 bits" => (0, UInt256.MaxValue),
        "length over 64 bits" => (2, new UInt256(2, 1)),
        "interval too short" => (6, Limits.MinBlockIntervalMs - 1),
        "interval too long" => (6, ParameterLimits.MaxBlockIntervalMs + 1),
        "interval over 64 bits" => (6, new UInt256(1_000, 1)),
        "transaction over block" => (8, Parameters.BlockGasLimit.Value + 1),
        "gas price too high" => (9, UInt256.MaxValue),
        _ => (10, UInt256.Zero),
    };

    private static Term Of(params int[] members) => new(
        new Council(members.Select(member => new CouncilMember(CouncilStub.Key(member)))), Parameters);

    private static TestLedger LedgerOf(GenesisAccount council) =>
        new(First.Council, Parameters, 1_000_000_000_000, council);

    private static List<BlockResult> Grow(TestLedger ledger, int blocks) =>
        [.. Enumerable.Range(0, blocks).Select(_ => ledger.Execute())];

    private static Transaction Pay(TestLedger ledger, ulong gasPrice) => ledger.Transfer(
        0, Address.FromNumber(0x77), 1, draft => draft.GasPrice = gasPrice);

    private static UInt256 SlotOf(TestLedger ledger, UInt256 slot) =>
        ledger.State.GetStorage(CouncilCall.Contract, slot);

    private static UInt256 Word(PublicKey key) => UInt256.FromBigEndian(key.ToArray());

    // The ledger does not look at signatures: the council did.
    private static Evidence Conviction(int offender, ulong height)
    {
        Vote one = new(VoteType.Prevote, new Height(height), Round.Zero, null, offender, default);
        return Evidence.Of(one, one with { BlockHash = Blake2b.Hash([1]) })!;
    }
}
