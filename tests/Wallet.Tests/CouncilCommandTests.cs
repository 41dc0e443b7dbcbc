using System.Text.Json;
using EnergyChain.Client;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli;

namespace EnergyChain.Wallet.Tests;

/// <summary>
/// council: four members of whom the third is suspended, epochs of 100 blocks, the head at height 40.
/// </summary>
public sealed class CouncilCommandTests
{
    private const string Record = "0x00000000000000000000000000000000000000000000000000000000000000aa";

    private static readonly Hash32 RecordId = new(Convert.FromHexString(Record[2..]));
    private static readonly ContractAbi Council = CouncilContract.Artifact.Abi;

    private WalletRun _run = null!;
    private PublicKey _alice;

    [SetUp]
    public void Start()
    {
        _run = new WalletRun();
        byte[] seed = new byte[SigningKey.SeedSize];
        Array.Fill(seed, (byte)5);
        using SigningKey key = SigningKey.FromSeed(seed);
        _alice = key.PublicKey;
        FakeNode node = _run.Node;
        node.Answer(Council, "members", (AbiValue)(AbiValue[])
        [
            Member(_alice, 1, 0), Member(Key(1), 1, 0), Member(Key(2), 2, 33), Member(Key(3), 1, 20),
        ]);
        node.Answer(Council, "parameters", (AbiValue)(AbiValue[])
            [1_000UL, 2_000_000_000UL, 200_000_000UL, 1_000_000_000UL, 100UL]);
        node.OnCall(Council, "parameterRange", _ => [100UL, 60_000UL]);
        node.Answer(Council, "approversOf", (AbiValue)(AbiValue[])[_alice.ToArray(), Key(2).ToArray()]);
        node.OnCall(Council, "proposalOf", arguments => [Proposal(arguments[0].AsUInt64)]);
        node.OnCall(Council, "openProposals", arguments =>
            [arguments[0].AsUInt64 == 0 ? (AbiValue[])[Proposal(7), Proposal(8, kind: 4)] : []]);
        foreach (string name in new[]
        {
            "proposeAdd", "proposeRemove", "proposeReinstate", "proposeParameter", "proposeErase",
        })
        {
            node.Answer(Council, name, 77UL);
        }

        node.Answer(Council, "approve");
        node.Answer(Council, "withdraw");
    }

    [TearDown]
    public void Stop() => _run.Dispose();

    [Test]
    public async Task Members_are_numbered_without_the_suspended()
    {
        Assert.That(await _run.Async("council", "members", "--json"), Is.EqualTo(ExitCode.Ok));
        JsonElement json = _run.Json;
        Assert.That(json.GetProperty("active").GetInt32(), Is.EqualTo(3));
        Assert.That(json.GetProperty("needed").GetInt32(), Is.EqualTo(3));
        JsonElement[] members = [.. json.GetProperty("members").EnumerateArray()];
        Assert.That(
            members.Select(member => member.GetProperty("index").ToString()), Is.EqualTo(new[] { "0", "1", "", "2" }));
        Assert.That(members[0].GetProperty("name").GetString(), Is.EqualTo("alice"));
        Assert.That(members[2].GetProperty("status").GetString(), Is.EqualTo("suspended"));
        Assert.That(members[2].GetProperty("suspended_at").GetUInt64(), Is.EqualTo(33));
    }

    [Test]
    public async Task Members_as_a_table_say_how_many_decide()
    {
        await _run.Async("council", "members");
        Assert.That(_run.Output.Output, Does.Contain("suspended at 33").And.Contain("active since 20"));
        Assert.That(_run.Output.Output, Does.Contain("3 active members; 3 of them decide."));
    }

    [Test]
    public async Task Proposals_say_what_is_missing_and_when_they_take_effect()
    {
        Assert.That(await _run.Async("council", "proposals"), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.Contain("set block-interval-ms to 500").And.Contain("1 of 3"));
        Assert.That(
            _run.Output.Output,
            Does.Contain(
                "2 more approvals needed; with them applied at height 100 (about 2016-08-01 00:01:00Z), "
                + "in force from 102"));
    }

    [Test]
    public async Task Proposals_as_json_carry_the_same()
    {
        await _run.Async("council", "proposals", "--json");
        Assert.That(_run.Json.GetProperty("next_epoch").GetUInt64(), Is.EqualTo(100));
        JsonElement first = _run.Json.GetProperty("proposals")[0];
        Assert.That(first.GetProperty("kind").GetString(), Is.EqualTo("add"));
        Assert.That(first.GetProperty("missing").GetInt32(), Is.EqualTo(2));
        Assert.That(first.GetProperty("in_force_from").GetUInt64(), Is.EqualTo(102));
        Assert.That(first.GetProperty("key").GetString(), Is.EqualTo(Key(9).ToString()));
        Assert.That(_run.Json.GetProperty("proposals")[1].GetProperty("value").GetString(), Is.EqualTo("500"));
    }

    [TestCase(3, 0UL, 0UL, "accepted: applied at height 100")]
    [TestCase(3, 1UL, 0UL, "accepted, but the council has 100 members already: it waits until height 5000")]
    [TestCase(2, 0UL, 0UL, "1 more approval needed; with it applied at height 100")]
    [TestCase(1, 0UL, 99UL, "lost: it ends at height 99, before the next epoch at 100")]
    public async Task Show_gives_the_outlook(int approvals, ulong obstacle, ulong expiresAt, string outlook)
    {
        _run.Node.OnCall(Council, "proposalOf", _ =>
            [Proposal(7, approvals: approvals, obstacle: obstacle, expiresAt: expiresAt == 0 ? 5_000 : expiresAt)]);
        Assert.That(await _run.Async("council", "show", "7"), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.Contain(outlook));
        Assert.That(_run.Output.Output, Does.Contain("yes, suspended: does not count"));
    }

    [TestCase(2UL, "applied at height 100, in force from 102")]
    [TestCase(3UL, "expired: it was open until height 5000")]
    [TestCase(4UL, "abandoned")]
    public async Task Show_of_a_closed_one_says_what_became_of_it(ulong state, string outlook)
    {
        _run.Node.OnCall(Council, "proposalOf", _ => [Proposal(7, state: state, closedAt: 100)]);
        await _run.Async("council", "show", "7");
        Assert.That(_run.Output.Output, Does.Contain(outlook));
    }

    [Test]
    public async Task Show_lists_who_is_missing()
    {
        await _run.Async("council", "show", "7", "--json");
        Assert.That(
            _run.Json.GetProperty("missing").EnumerateArray().Select(key => key.GetString()),
            Is.EqualTo(new[] { Key(1).ToString(), Key(3).ToString() }));
    }

    [Test]
    public async Task Parameters_come_with_their_ranges()
    {
        await _run.Async("council", "parameters", "--json");
        JsonElement[] rows = [.. _run.Json.GetProperty("parameters").EnumerateArray()];
        Assert.That(rows[3].GetProperty("parameter").GetString(), Is.EqualTo("gas_price"));
        Assert.That(rows[3].GetProperty("value").GetString(), Is.EqualTo("1000000000"));
        Assert.That(rows[0].GetProperty("most").GetString(), Is.EqualTo("60000"));
    }

    [Test]
    public async Task Propose_add_sends_the_key_and_is_open_for_a_week()
    {
        using SigningKey newcomer = SigningKey.FromSeed(new byte[SigningKey.SeedSize]);
        string key = newcomer.PublicKey.ToString();
        Assert.That(await _run.Async("council", "propose", "add", key, "--yes", "--json"), Is.EqualTo(ExitCode.Ok));
        IReadOnlyList<AbiValue> call = Sent("proposeAdd");
        Assert.That(new PublicKey(call[0].AsBytes), Is.EqualTo(newcomer.PublicKey));
        Assert.That(call[1].AsUInt64, Is.EqualTo(60 + 604_800));
        Assert.That(_run.Json.GetProperty("result").GetProperty("proposal_id").GetUInt64(), Is.EqualTo(77));
    }

    [TestCase("0x0200000000000000000000000000000000000000000000000000000000000000", "nobody's public key")]
    [TestCase("0x12", "is no key")]
    [TestCase("carol", "is no key")]
    public async Task Propose_add_refuses_what_is_no_key(string key, string reason)
    {
        Assert.That(await _run.Async("council", "propose", "add", key, "--yes"), Is.EqualTo(ExitCode.Usage));
        Assert.That(_run.Errors.Output, Does.Contain(reason));
        Assert.That(_run.Node.Submitted, Is.Empty);
    }

    [Test]
    public async Task Propose_remove_takes_an_account()
    {
        string account = Key(1).ToAddress().ToString();
        await _run.Async("council", "propose", "remove", account, "--blocks", "500", "--yes");
        IReadOnlyList<AbiValue> call = Sent("proposeRemove");
        Assert.That(new PublicKey(call[0].AsBytes), Is.EqualTo(Key(1)));
        Assert.That(call[1].AsUInt64, Is.EqualTo(500));
    }

    [Test]
    public async Task Propose_reinstate_of_a_stranger_is_refused()
    {
        string stranger = Address.FromNumber(0x77).ToString();
        Assert.That(
            await _run.Async("council", "propose", "reinstate", stranger, "--yes"), Is.EqualTo(ExitCode.Refused));
        Assert.That(_run.Errors.Output, Does.Contain("is no member of the council"));
    }

    [TestCase("gas-price")]
    [TestCase("gasPrice")]
    [TestCase("GAS_PRICE")]
    public async Task Propose_parameter_knows_its_names(string name)
    {
        await _run.Async("council", "propose", "parameter", name, "2000000000", "--yes");
        IReadOnlyList<AbiValue> call = Sent("proposeParameter");
        Assert.That(call[0].AsByte, Is.EqualTo((byte)CouncilParameter.GasPrice));
        Assert.That(call[1].AsUInt256, Is.EqualTo((UInt256)2_000_000_000UL));
    }

    [TestCase("colour", "5", "is no parameter: use block-interval-ms")]
    [TestCase("3", "5", "is no parameter")]
    [TestCase("gas-price", "-5", "is no value")]
    [TestCase("gas-price", "1.5", "is no value")]
    [TestCase(
        "gas-price",
        "115792089237316195423570985008687907853269984665640564039457584007913129639936",
        "is no value")]
    public async Task Propose_parameter_refuses_nonsense(string name, string value, string reason)
    {
        Assert.That(
            await _run.Async("council", "propose", "parameter", name, "--yes", "--", value),
            Is.EqualTo(ExitCode.Usage));
        Assert.That(_run.Errors.Output, Does.Contain(reason));
    }

    [Test]
    public async Task Propose_erase_sends_the_transaction_and_the_ground()
    {
        Assert.That(
            await _run.Async("council", "propose", "erase", Record, "--ground", "court", "--yes"),
            Is.EqualTo(ExitCode.Ok));
        IReadOnlyList<AbiValue> call = Sent("proposeErase");
        Assert.That(new Hash32(call[0].AsBytes), Is.EqualTo(RecordId));
        Assert.That(call[1].AsByte, Is.EqualTo((byte)ErasureGround.Court));
        Assert.That(call[2].AsUInt64, Is.EqualTo(60 + 604_800));
        Assert.That(_run.Output.Output, Does.Contain("Proposed as 77").And.Contain("which is final"));
    }

    [TestCase("0x12", "court", "is no transaction id")]
    [TestCase("0x0000000000000000000000000000000000000000000000000000000000000000", "court", "is no transaction id")]
    [TestCase(Record, "boredom", "is no ground: use request, court, unlawful, mistake")]
    [TestCase(Record, "none", "is no ground")]
    [TestCase(Record, "2", "is no ground")]
    public async Task Propose_erase_refuses_nonsense(string id, string ground, string reason)
    {
        Assert.That(
            await _run.Async("council", "propose", "erase", id, "--ground", ground, "--yes"),
            Is.EqualTo(ExitCode.Usage));
        Assert.That(_run.Errors.Output, Does.Contain(reason));
        Assert.That(_run.Node.Submitted, Is.Empty);
    }

    [Test]
    public async Task Propose_erase_asks_for_a_ground() => Assert.That(
        await _run.Async("council", "propose", "erase", Record, "--yes"), Is.EqualTo(ExitCode.Usage));

    [Test]
    public async Task Proposal_to_erase_names_transaction_and_ground()
    {
        _run.Node.OnCall(Council, "openProposals", arguments =>
            [arguments[0].AsUInt64 == 0 ? (AbiValue[])[Erasing(7)] : []]);
        _run.Node.OnCall(Council, "proposalOf", _ => [Erasing(7)]);
        await _run.Async("council", "proposals", "--json");
        JsonElement row = _run.Json.GetProperty("proposals")[0];
        Assert.That(row.GetProperty("kind").GetString(), Is.EqualTo("erase_record"));
        Assert.That(row.GetProperty("transaction_id").GetString(), Is.EqualTo(Record));
        Assert.That(row.GetProperty("ground").GetString(), Is.EqualTo("court"));
        Assert.That(row.GetProperty("in_force_from").GetUInt64(), Is.EqualTo(100), "from the epoch's own block on");
        Assert.That(await _run.Async("council", "show", "7"), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.Contain("(court)").And.Contain("for good from there"));
    }

    [Test]
    public async Task Erasures_are_listed_in_their_order_over_all_pages()
    {
        _run.Node.OnCall(Council, "erasures", arguments => [Decisions(arguments[0].AsUInt64)]);
        Assert.That(await _run.Async("council", "erasures", "--json"), Is.EqualTo(ExitCode.Ok));
        JsonElement[] rows = [.. _run.Json.GetProperty("erasures").EnumerateArray()];
        Assert.That(rows, Has.Length.EqualTo(257));
        Assert.That(rows[256].GetProperty("decision").GetUInt64(), Is.EqualTo(257));
        Assert.That(rows[0].GetProperty("transaction_id").GetString(), Is.EqualTo(Record));
        Assert.That(rows[0].GetProperty("ground").GetString(), Is.EqualTo("unlawful"));

        static AbiValue[] Decisions(ulong from) =>
        [
            .. Enumerable.Range((int)from, 257 - (int)from).Take(256).Select(index =>
                (AbiValue)(AbiValue[])[RecordId.ToArray(), (ulong)index + 1, 100UL, 3UL]),
        ];
    }

    [Test]
    public async Task Erased_record_is_refused_with_the_nodes_sentence_and_an_exit_code_of_its_own()
    {
        string sentence = $"The record of transaction {Record} was erased by decision 7 of the council at height 12 "
            + "(court).";
        _run.Node.Failure = new NodeClientException(NodeClientError.Erased, sentence);
        Assert.That(await _run.Async("tx", Record), Is.EqualTo(ExitCode.Erased));
        Assert.That(
            _run.Errors.Output.ReplaceLineEndings(" "),
            Does.Contain("erased by decision 7 of the council at height 12"));
    }

    [TestCase("approve", "Approved proposal 7")]
    [TestCase("withdraw", "Withdrew from proposal 7")]
    public async Task Votes_are_sent_and_say_what_is_next(string verb, string sentence)
    {
        Assert.That(await _run.Async("council", verb, "7", "--yes"), Is.EqualTo(ExitCode.Ok));
        Assert.That(Sent(verb)[0].AsUInt64, Is.EqualTo(7));
        Assert.That(_run.Output.Output, Does.Contain(sentence).And.Contain("2 more approvals needed"));
    }

    [Test]
    public async Task Refusals_are_sentences()
    {
        Address anybody = Address.FromNumber(0x88);
        (string Error, AbiValue[] Arguments, string Sentence)[] refusals =
        [
            ("NotMember", [anybody], "is no member of the council: use the key of a member's node. Nothing was sent."),
            ("MemberSuspended", [anybody, 33UL], "is suspended since height 33"),
            ("AlreadyApproved", [7UL, anybody], "approves proposal 7 already"),
            ("ProposalExpired", [7UL, 99UL], "Proposal 7 expired: it was open until height 99"),
            ("ProposalClosed", [7UL, 2UL], "Proposal 7 is closed: it was applied"),
            ("UnknownProposal", [7UL], "There is no proposal 7"),
            ("AlreadyProposed", [6UL], "Proposal 6 asks for the same"),
            ("DurationOutOfRange", [1UL, 60UL, 1_000_060UL], "for 60 (the next epoch) to 1000060 blocks"),
            ("ValueOutOfRange", [3UL, 5UL, 6UL, 7UL], "gas-price can be 6 to 7, not 5"),
        ];
        foreach ((string error, AbiValue[] arguments, string sentence) in refusals)
        {
            _run.Node.Revert(Council, "approve", error, arguments);
            Assert.That(await _run.Async("council", "approve", "7", "--yes"), Is.EqualTo(ExitCode.Reverted), error);
            Assert.That(_run.Errors.Output, Does.Contain(sentence), error);
        }

        Assert.That(_run.Node.Submitted, Is.Empty);
    }

    [Test]
    public async Task Unknown_proposal_is_refused_before_anything_is_asked()
    {
        _run.Node.Revert(Council, "proposalOf", "UnknownProposal", 9UL);
        Assert.That(await _run.Async("council", "show", "9"), Is.EqualTo(ExitCode.Refused));
        Assert.That(await _run.Async("council", "approve", "9"), Is.EqualTo(ExitCode.Refused));
        Assert.That(_run.Errors.Output, Does.Contain("There is no proposal 9"));
    }

    private static PublicKey Key(int number)
    {
        byte[] bytes = new byte[PublicKey.Size];
        bytes[0] = (byte)number;
        bytes[^1] = 0x11;
        return new PublicKey(bytes);
    }

    private static AbiValue[] Erasing(ulong id)
    {
        AbiValue[] proposal = Proposal(id, kind: 5);
        proposal[3] = RecordId.ToArray();
        proposal[4] = (ulong)ErasureGround.Court;
        return proposal;
    }

    private static AbiValue[] Member(PublicKey key, ulong status, ulong height) =>
        [key.ToArray(), key.ToAddress(), status, status == 1 ? height : 0UL, status == 2 ? height : 0UL];

    private static AbiValue[] Proposal(
        ulong id,
        ulong kind = 1,
        ulong state = 1,
        int approvals = 1,
        ulong obstacle = 0,
        ulong expiresAt = 5_000,
        ulong closedAt = 0) =>
    [
        id, kind, state, kind == 4 ? new byte[PublicKey.Size] : Key(9).ToArray(), 0UL, kind == 4 ? 500UL : 0UL,
        Key(1).ToAddress(), 30UL, expiresAt, closedAt, (ulong)approvals, 3UL, obstacle,
    ];

    private IReadOnlyList<AbiValue> Sent(string function)
    {
        Transaction sent = _run.Node.Submitted.Single();
        Assert.That(sent.Body.To, Is.EqualTo(CouncilContract.Address));
        Assert.That(
            Council.Function(function).TryDecodeCall(sent.Body.Data.Span, out IReadOnlyList<AbiValue> arguments),
            Is.True);
        return arguments;
    }
}
