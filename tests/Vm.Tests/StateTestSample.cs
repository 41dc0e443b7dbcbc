using System.Text;
using System.Text.Json.Nodes;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests;
using EnergyChain.StateTests.Trie;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Tests;

/// <summary>
/// A small state test whose expected root and logs are those of this very machine: good for tests of the runner, not of
/// the machine.
/// </summary>
internal static class StateTestSample
{
    private const string Sender = "0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b";
    private const string Contract = "0x1000000000000000000000000000000000000000";

    /// <summary>PUSH1 1, PUSH1 0, SSTORE.</summary>
    private const string Store = "0x6001600055";

    /// <param name="change">Changes the transaction before the expected results are computed.</param>
    /// <param name="code">The called contract's.</param>
    public static JsonObject Create(Action<JsonObject>? change = null, string code = Store)
    {
        JsonObject transaction = new()
        {
            ["data"] = new JsonArray("0x"),
            ["gasLimit"] = new JsonArray("0x0f4240"),
            ["gasPrice"] = "0x0a",
            ["nonce"] = "0x00",
            ["secretKey"] = "0x45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8",
            ["to"] = Contract,
            ["value"] = new JsonArray("0x00"),
        };
        change?.Invoke(transaction);
        JsonObject root = new()
        {
            ["sample"] = new JsonObject
            {
                ["env"] = Environment(),
                ["pre"] = new JsonObject
                {
                    [Sender] = Account("0x", "0x3635c9adc5dea00000"),
                    [Contract] = Account(code, "0x00"),
                },
                ["transaction"] = transaction,
                ["post"] = new JsonObject { ["Cancun"] = new JsonArray(Entry()) },
            },
        };
        Expect(root);
        return root;
    }

    /// <summary>The test itself.</summary>
    public static JsonObject Body(JsonObject root) => root["sample"]!.AsObject();

    /// <summary>Its one entry of expected results.</summary>
    public static JsonObject Post(JsonObject root) => Body(root)["post"]!["Cancun"]![0]!.AsObject();

    /// <summary>What the runner makes of its one case.</summary>
    public static StateTestResult Run(JsonObject root) => new StateTestRunner().Run(Case(root));

    private static StateTestCase Case(JsonObject root) => StateTestFile.Read(
        Encoding.UTF8.GetBytes(root.ToJsonString()), "file", StateTestRunner.Cancun, out _)[0];

    /// <summary>Fills in what a run gives; nothing changes when the transaction is refused.</summary>
    private static void Expect(JsonObject root)
    {
        StateTestCase test = Case(root);
        MemoryState world = test.ReadPreState();
        StateOverlay state = new(world);
        TransactionOutcome outcome =
            EthereumTransition.Run(new EvmMachine(), test.ReadBlock(), test.ReadTransaction(), state);
        world.Apply(state.Drain());
        Post(root)["hash"] = world.Root().ToString();
        Post(root)["logs"] = Keccak256.Hash(Rlp.List([.. (outcome.Execution?.Logs ?? []).Select(static log => Rlp.List(
            Rlp.String(log.Address.ToArray()),
            Rlp.List([.. log.Topics.Select(static topic => Rlp.String(topic.ToArray()))]),
            Rlp.String(log.Data.Span)))])).ToString();
    }

    private static JsonObject Environment() => new()
    {
        ["currentBaseFee"] = "0x0a",
        ["currentCoinbase"] = "0x2adc25665018aa1fe0e6bc666dac8fc2697ff9ba",
        ["currentGasLimit"] = "0x0254a47a80",
        ["currentNumber"] = "0x01",
        ["currentRandom"] = "0x" + new string('0', 59) + "20000",
        ["currentTimestamp"] = "0x03e8",
    };

    private static JsonObject Account(string code, string balance) => new()
    {
        ["balance"] = balance,
        ["code"] = code,
        ["nonce"] = "0x00",
        ["storage"] = new JsonObject(),
    };

    private static JsonObject Entry() => new()
    {
        ["hash"] = Hash32.Zero.ToString(),
        ["logs"] = Hash32.Zero.ToString(),
        ["indexes"] = new JsonObject { ["data"] = 0, ["gas"] = 0, ["value"] = 0 },
    };
}
