using System.Text.Json;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Precompiles;
using EnergyChain.Wallet.Cli;
using EnergyChain.Wallet.Cli.Tracing;

namespace EnergyChain.Wallet.Tests;

public sealed class TraceCommandTests
{
    private const string Id = "0x00000000000000000000000000000000000000000000000000000000000000aa";
    private static readonly Address Market = EnergyMarketContract.Address;
    private static readonly Address Stranger = Address.FromNumber(0x5151);

    private WalletRun _run = null!;

    [SetUp]
    public void Start()
    {
        _run = new WalletRun();
        _run.Node.Known = new TransactionInfo(
            default,
            TransactionState.Final,
            new TransactionBodyInfo(_run.Alice, 0, Market, 0, default, default, 1, default, null, default),
            FakeReceipt());
    }

    [TearDown]
    public void Stop() => _run.Dispose();

    [Test]
    public async Task Tree_shows_calls_events_value_results_and_gas()
    {
        _run.Node.Trace = Cleared();
        Assert.That(await _run.Async("trace", Id), Is.EqualTo(ExitCode.Ok));

        string[] lines = _run.Output.Lines.Select(line => line.TrimEnd()).ToArray();
        Assert.That(lines, Does.Contain("from         alice"));
        Assert.That(lines, Does.Contain(
            "gas          70,000 = 21,240 before the first opcode + 50,000 in calls - 1,240 refunded"));
        Assert.That(lines, Does.Contain("fee          0.00007 ENC, paid by alice"));
        Assert.That(lines, Does.Contain("call EnergyMarket.clear(slot: 5) [50,000 gas, 44,400 of it its own]"));
        Assert.That(lines, Does.Contain(
            "├── staticcall MeterRegistry.siteAccount(site: 1) -> (alice) [2,600 gas]"));
        Assert.That(lines, Does.Contain(
            "├── event EnergyMarket.OrderClosed(slot: 5, orderId: 7, site: 9, unfilledWh: 177, returned: 885)"));
        Assert.That(lines, Does.Contain("└── call alice with 0.25 ENC [3,000 gas]"));
    }

    [Test]
    public async Task Inner_failure_is_told_with_its_reason_and_what_it_undid()
    {
        byte[] panic = new AbiError("Panic", [new("code", new AbiType.UInt(256))]).Encode(0x11UL);
        _run.Node.Trace = TraceOf(
            Call(0, Market, EnergyMarketContract.Clear(5), 9_000),
            Call(1, Stranger, [1, 2, 3, 4, 5], 4_000, failure: "Revert", output: panic),
            Event(2, Stranger, [], [9]),
            Call(1, Stranger, [], 100, failure: "OutOfGas"));
        await _run.Async("trace", Id);

        Assert.That(_run.Output.Output, Does.Contain(
            $"call {Stranger} 0x0102030405 failed: Panic(code: 17): arithmetic overflow or underflow [4,000 gas]"));
        Assert.That(_run.Output.Output, Does.Contain($"event {Stranger} topics [] data 0x09 undone"));
        Assert.That(_run.Output.Output, Does.Contain($"call {Stranger} failed: out of gas [100 gas]"));
    }

    [Test]
    public async Task Revert_of_the_transaction_is_told_by_its_custom_error()
    {
        byte[] revert = EnergyMarketContract.Artifact.Abi.Error("UnknownOrder").Encode(99UL);
        _run.Node.Trace = TraceOf(
            Call(0, Market, EnergyMarketContract.CancelOrder(99), 9_000, failure: "Revert", output: revert)) with
        {
            Succeeded = false,
        };
        Assert.That(await _run.Async("trace", Id), Is.EqualTo(ExitCode.Ok), "the trace itself succeeded");
        Assert.That(_run.Output.Output, Does.Contain("failed: UnknownOrder(id: 99)"));
    }

    [TestCase("InvalidOpcode", "used up its gas limit of 9000", "invalid opcode")]
    [TestCase("OutOfGas", "used up its gas limit of 9000", "out of gas")]
    [TestCase("Revert", "reverted without a reason", "reverted without a reason")]
    [TestCase("Revert", "Revert", "reverted without a reason")]
    public async Task Failure_is_what_the_trace_saw_and_not_what_the_receipt_guesses(
        string status, string receipt, string shown)
    {
        _run.Node.Trace = TraceOf(Call(0, Stranger, [], 9_000, failure: status)) with
        {
            Succeeded = false,
            Failure = receipt,
        };
        await _run.Async("trace", Id);
        Assert.That(_run.Output.Lines.Select(line => line.TrimEnd()), Does.Contain($"result       failed: {shown}"));
    }

    [Test]
    public async Task Arguments_that_the_node_cut_are_told_with_their_whole_length()
    {
        byte[] kept = [.. EnergyMarketContract.Clear(5)[..4], .. new byte[60]];
        _run.Node.Trace = TraceOf(Call(0, Market, kept, 9_000) with { InputBytes = 70_000 });
        await _run.Async("trace", Id);
        Assert.That(_run.Output.Output, Does.Contain("EnergyMarket.clear(0x").And.Contain("... (70000 bytes))"));
    }

    [Test]
    public async Task Event_that_the_node_cut_is_told_with_its_whole_length()
    {
        _run.Node.Trace = TraceOf(
            Call(0, Market, EnergyMarketContract.Clear(5), 9_000),
            Event(1, Stranger, [], new byte[60]) with { DataBytes = 70_000 });
        await _run.Async("trace", Id);
        Assert.That(_run.Output.Output, Does.Contain("data 0x00").And.Contain("... (70000 bytes)"));
        using WalletRun second = new();
        second.Node.Known = _run.Node.Known;
        second.Node.Trace = _run.Node.Trace;
        await second.Async("trace", Id, "--json");
        JsonElement told = second.Json.GetProperty("entries")[1];
        Assert.That(told.GetProperty("data").GetString(), Has.Length.EqualTo(122));
        Assert.That(told.GetProperty("data_bytes").GetInt32(), Is.EqualTo(70_000));
    }

    [Test]
    public async Task Selfdestruct_stands_in_its_place_with_its_coin()
    {
        _run.Node.Trace = Ended();
        await _run.Async("trace", Id, "--gas");

        string[] lines = [.. _run.Output.Lines.Select(line => line.TrimEnd())];
        int first = Array.IndexOf(lines, "├── call EnergyMarket.clear(slot: 5) [500 gas]");
        Assert.That(lines.Skip(first + 1).Take(2), Is.EqualTo(new[]
        {
            "│   ├── event EnergyMarket topics [] data 0x09",
            "│   └── selfdestruct EnergyMarket to alice with 0.25 ENC",
        }));
        Assert.That(lines, Does.Contain("│   └── selfdestruct EnergyMarket to itself burning 0.5 ENC, deleted undone"));
        Assert.That(lines, Does.Contain("├── selfdestruct EnergyMarket to itself keeping 0.5 ENC"));
        Assert.That(lines, Does.Contain("└── selfdestruct EnergyMarket to alice"));
        Assert.That(_run.Output.Output, Does.Not.Match("alice +\\(no data\\)"), "it is no call in the table of gas");
    }

    [Test]
    public async Task Selfdestruct_in_json_has_who_gets_what_and_what_is_undone()
    {
        _run.Node.Trace = Ended();
        await _run.Async("trace", Id, "--json");
        JsonElement[] entries = [.. _run.Json.GetProperty("entries").EnumerateArray()];
        JsonElement[] ends =
            [.. entries.Where(entry => entry.TryGetProperty("kind", out JsonElement kind)
                && kind.GetString() == "selfdestruct")];

        Assert.That(ends, Has.Length.EqualTo(4));
        Assert.That(ends[0].GetProperty("from").GetString(), Is.EqualTo(Market.ToString()));
        Assert.That(ends[0].GetProperty("to").GetString(), Is.EqualTo(_run.Alice.ToString()));
        Assert.That(ends[0].GetProperty("value").GetString(), Is.EqualTo("250000000000000000"));
        Assert.That(ends.Select(end => end.GetProperty("deleted").GetBoolean()), Is.EqualTo(new[]
        {
            false, true, false, false,
        }));
        Assert.That(ends.Select(end => end.GetProperty("undone").GetBoolean()), Is.EqualTo(new[]
        {
            false, true, false, false,
        }));
        Assert.That(entries[0].GetProperty("deleted").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Words_of_a_node_do_not_steer_the_terminal()
    {
        _run.Node.Trace = TraceOf(Call(0, Stranger, [], 1, failure: "\u001b[31mBad")) with
        {
            Succeeded = false,
            Failure = "\u001b[2J\u202e",
        };
        await _run.Async("trace", Id);
        _run.Node.Failure = new NodeClientException(NodeClientError.NotFound, "\u001b[2J");
        await _run.Async("trace", Id);
        Assert.That(_run.Output.Output + _run.Errors.Output, Does.Not.Contain('\u001b').And.Not.Contain('\u202e'));
        Assert.That(_run.Errors.Output, Does.Contain("error: ?[2J"));
    }

    [Test]
    public async Task Abi_files_explain_other_contracts()
    {
        string file = Path.Combine(_run.Home, "Token.json");
        await File.WriteAllTextAsync(file, """
            {"abi":[{"type":"function","name":"mint","inputs":[{"name":"amounts","type":"uint8[]"}],"outputs":[]},
            {"type":"event","name":"Minted","inputs":[{"name":"n","type":"uint8","indexed":true}]},
            {"type":"error","name":"Full","inputs":[]}]}
            """);
        AbiParameter[] inputs = [new("amounts", new AbiType.List(new AbiType.UInt(8)))];
        AbiFunction mint = new("mint", inputs, [], false, false);
        Hash32 topic = new AbiEvent("Minted", [new("n", new AbiType.UInt(8), true)]).Topic;
        byte[] word = [.. new byte[31], 3];
        _run.Node.Trace = TraceOf(
            Call(0, Stranger, mint.EncodeCall((AbiValue)new AbiValue[] { 1UL, 2UL }), 9_000, failure: "Revert",
                output: new AbiError("Full", []).Encode()),
            Event(1, Stranger, [topic, new Hash32(word)], []));

        await _run.Async("trace", Id, "--abi", file);
        Assert.That(_run.Output.Output, Does.Contain($"{Stranger}.mint(amounts: [1, 2]) failed: Full()"));
        Assert.That(_run.Output.Output, Does.Contain($"event {Stranger}.Minted(n: 3) undone"));
    }

    [TestCase("no json")]
    [TestCase("{}")]
    [TestCase("""[{"type":"function","name":"f","inputs":[{"type":"uint9"}]}]""")]
    public async Task Abi_file_that_is_none_is_a_usage_error(string content)
    {
        string file = Path.Combine(_run.Home, "Bad.json");
        await File.WriteAllTextAsync(file, content);
        Assert.That(await _run.Async("trace", Id, "--abi", file), Is.EqualTo(ExitCode.Usage));
        Assert.That(_run.Errors.Output, Does.StartWith($"error: The ABI file {file} cannot be read: "));
    }

    [Test]
    public async Task Gas_by_function_sums_up_to_what_was_paid()
    {
        _run.Node.Trace = Cleared();
        await _run.Async("trace", Id, "--json");
        JsonElement root = _run.Json;
        ulong functions = (ulong)root.GetProperty("gas_by_function").EnumerateArray()
            .Sum(row => row.GetProperty("gas").GetInt64());
        Assert.That(
            functions + root.GetProperty("intrinsic_gas").GetUInt64() - root.GetProperty("gas_refunded").GetUInt64(),
            Is.EqualTo(root.GetProperty("gas_used").GetUInt64()));

        await _run.Async("trace", Id, "--gas");
        Assert.That(_run.Output.Output, Does.Contain("(transaction)").And.Contain("before the first opcode"));
        Assert.That(_run.Output.Output, Does.Match("EnergyMarket +clear +1 +44,400 +62.3 %"));
    }

    [Test]
    public async Task Json_holds_everything_whole_and_flat()
    {
        _run.Node.Trace = Cleared();
        await _run.Async("trace", Id, "--json");
        JsonElement[] entries = [.. _run.Json.GetProperty("entries").EnumerateArray()];

        Assert.That(entries.Select(entry => entry.GetProperty("depth").GetInt32()), Is.EqualTo(new[] { 0, 1, 1, 1 }));
        Assert.That(entries[0].GetProperty("kind").GetString(), Is.EqualTo("call"));
        Assert.That(entries[0].GetProperty("function").GetString(), Is.EqualTo("clear"));
        Assert.That(
            entries[0].GetProperty("arguments")[0].GetProperty("value").GetString(), Is.EqualTo("5"));
        Assert.That(
            entries[0].GetProperty("input").GetString(), Is.EqualTo(Hex.Encode(EnergyMarketContract.Clear(5))));
        Assert.That(entries[1].GetProperty("kind").GetString(), Is.EqualTo("static_call"));
        Assert.That(entries[2].GetProperty("event").GetString(), Is.EqualTo("OrderClosed"));
        Assert.That(_run.Json.GetProperty("fee").GetString(), Is.EqualTo("70000000000000"));
    }

    [Test]
    public async Task Deepest_possible_trace_is_shown_and_printed_as_json()
    {
        _run.Node.Trace = TraceOf([.. Enumerable.Range(0, 1_025).Select(depth => Call(depth, Stranger, [], 1))]);
        Assert.That(await _run.Async("trace", Id), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.Contain("1000 more calls and events; --json has them"));
        using WalletRun second = new();
        second.Node.Known = _run.Node.Known;
        second.Node.Trace = _run.Node.Trace;
        Assert.That(await second.Async("trace", Id, "--json"), Is.EqualTo(ExitCode.Ok));
        Assert.That(second.Json.GetProperty("entries").GetArrayLength(), Is.EqualTo(1_025));
    }

    [Test]
    public async Task Trace_call_sends_what_was_asked_for()
    {
        _run.Node.Trace = TraceOf(Call(0, Market, EnergyMarketContract.Clear(5), 9_000));
        string data = Hex.Encode(EnergyMarketContract.Clear(5));
        ExitCode exit = await _run.Async("trace", "call", "energymarket", data, "--value", "1.5");

        Assert.That(exit, Is.EqualTo(ExitCode.Ok));
        CallMessage sent = _run.Node.TracedCall!;
        Assert.That(sent.To, Is.EqualTo(Market));
        Assert.That(sent.From, Is.EqualTo(_run.Alice));
        Assert.That(sent.Value, Is.EqualTo(FakeNode.Enc("1.5")));
        Assert.That(sent.Data.ToArray(), Is.EqualTo(EnergyMarketContract.Clear(5)));
        Assert.That(_run.Output.Output, Does.Contain("nothing was sent"));
    }

    [TestCase("trace")]
    [TestCase("trace", "0x12")]
    [TestCase("trace", "call", "EnergyMarket", "0x123")]
    [TestCase("trace", "call", "EnergyMarket", "zz")]
    [TestCase("trace", "call", "nobody")]
    [TestCase("disassemble", "no-such-thing")]
    [TestCase("trace", Id, "--abi", "")]
    [TestCase("disassemble", "")]
    [TestCase("disassemble", "0x")]
    [TestCase("disassemble", "0x5G")]
    public async Task What_makes_no_sense_is_a_usage_error(params string[] arguments)
    {
        Assert.That(await _run.Async(arguments), Is.EqualTo(ExitCode.Usage));
        Assert.That(_run.Errors.Output, Does.StartWith("error: "));
    }

    [Test]
    public async Task Too_old_a_transaction_is_the_nodes_sentence()
    {
        _run.Node.Failure = new NodeClientException(
            NodeClientError.NotKept, "The transaction is of height 1; this node can trace from height 8 on.");
        Assert.That(await _run.Async("trace", Id), Is.EqualTo(ExitCode.Refused));
        Assert.That(
            _run.Errors.Output.Trim(),
            Is.EqualTo("error: The transaction is of height 1; this node can trace from height 8 on."));
    }

    [Test]
    public void Every_precompile_has_a_name() => Assert.That(
        PrecompileTable.WarmAddresses.Where(address => PrecompileNames.Find(address) is null), Is.Empty);

    [Test]
    public async Task Disassemble_reads_the_chain_hex_and_artifacts()
    {
        _run.Node.Code = [0x60, 0x01, 0x5b];
        Assert.That(await _run.Async("disassemble", "EnergyMarket"), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.Contain("> 0x0002  5b          JUMPDEST"));

        string file = Path.Combine(_run.Home, "Thing.json");
        await File.WriteAllTextAsync(file, """{"deployedBytecode":{"object":"0x60015b"}}""");
        using WalletRun second = new();
        Assert.That(await second.Async("disassemble", file, "--json"), Is.EqualTo(ExitCode.Ok));
        JsonElement[] lines = [.. second.Json.GetProperty("lines").EnumerateArray()];
        Assert.That(lines[0].GetProperty("operand").GetString(), Is.EqualTo("0x01"));
        Assert.That(lines[1].GetProperty("jump_destination").GetBoolean());

        using WalletRun third = new();
        Assert.That(await third.Async("disassemble", "0c"), Is.EqualTo(ExitCode.Ok));
        Assert.That(third.Output.Output, Does.Contain("INVALID 0x0c"));
    }

    private static ReceiptInfo FakeReceipt() => new(
        new Height(41), 3, new BlockTime(1_470_009_601_000), true, new Gas(70_000),
        new UInt256(70_000_000_000_000), null, default, "", []);

    private static TraceInfo TraceOf(params TraceEntryInfo[] entries) => new(
        new Height(41), true, new Gas(70_000), new Gas(21_240), new Gas(1_240), "", false, entries);

    private static TraceEntryInfo.Call Call(
        int depth, Address to, byte[] input, ulong gasUsed, string failure = "", byte[]? output = null) => new()
        {
            Depth = depth,
            Kind = TracedCallKind.Call,
            From = Address.FromNumber(3),
            To = to,
            Value = 0,
            Gas = new Gas(100_000),
            GasUsed = new Gas(gasUsed),
            Input = input,
            InputBytes = (uint)input.Length,
            Output = output ?? [],
            OutputBytes = (uint)(output ?? []).Length,
            Failure = failure,
        };

    private static TraceEntryInfo.Event Event(int depth, Address contract, Hash32[] topics, byte[] data) =>
        new()
        {
            Depth = depth,
            Log = new LogInfo(contract, "", topics, data),
            DataBytes = (uint)data.Length,
        };

    private static TraceEntryInfo.Call Selfdestruct(int depth, Address from, Address to, string coin, bool deleted) =>
        Call(depth, to, [], 0) with
        {
            Kind = TracedCallKind.Selfdestruct,
            From = from,
            Value = FakeNode.Enc(coin),
            Gas = default,
            IsDeleted = deleted,
        };

    private TraceInfo Ended() => TraceOf(
        Call(0, Stranger, [], 9_000),
        Call(1, Market, EnergyMarketContract.Clear(5), 500),
        Event(2, Market, [], [9]),
        Selfdestruct(2, Market, _run.Alice, "0.25", deleted: false),
        Call(1, Stranger, [], 600, failure: "Revert"),
        Selfdestruct(2, Market, Market, "0.5", deleted: true),
        Selfdestruct(1, Market, Market, "0.5", deleted: false),
        Selfdestruct(1, Market, _run.Alice, "0", deleted: false));

    private TraceInfo Cleared()
    {
        AbiEvent closed = EnergyMarketContract.Artifact.Abi.Events.Single(one => one.Name == "OrderClosed");
        Hash32[] topics =
        [
            closed.Topic,
            .. new ulong[] { 5, 7, 9 }.Take(closed.Inputs.Count(input => input.IsIndexed)).Select(Word),
        ];
        AbiParameter[] inData = [.. closed.Inputs.Where(input => !input.IsIndexed)];
        AbiValue[] rest = [.. new ulong[] { 5, 7, 9, 177, 885 }.Skip(topics.Length - 1).Select(n => (AbiValue)n)];
        AbiFunction siteAccount = MeterRegistryContract.Artifact.Abi.Function("siteAccount");
        return TraceOf(
            Call(0, Market, EnergyMarketContract.Clear(5), 50_000),
            Call(1, MeterRegistryContract.Address, siteAccount.EncodeCall(1UL), 2_600,
                output: AbiEncoder.Encode(siteAccount.Outputs, [_run.Alice])) with
            { Kind = TracedCallKind.StaticCall },
            Event(1, Market, topics, AbiEncoder.Encode(inData, rest)),
            Call(1, _run.Alice, [], 3_000) with { Value = FakeNode.Enc("0.25") });
    }

    private static Hash32 Word(ulong number)
    {
        byte[] word = new byte[32];
        new UInt256(number).WriteBigEndian(word);
        return new Hash32(word);
    }
}
