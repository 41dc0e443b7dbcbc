using System.Text;
using System.Text.Json.Nodes;
using EnergyChain.StateTests;

namespace EnergyChain.Vm.Tests;

/// <summary>How the runner judges cases, and what it makes of files that hold none.</summary>
public sealed class StateTestRunnerTests
{
    private const string Store = "6001600055";

    /// <summary>Calls the account of the number with all gas and stores whether it succeeded.</summary>
    private const string CallAccount = "0x60006000600060006000{0}5af1600055";

    [TestCase("nonce", "0x05", "TR_NonceHasMaxValue|TransactionException.NONCE_MISMATCH_TOO_HIGH")]
    [TestCase("gasPrice", "0x09", "TransactionException.INSUFFICIENT_MAX_FEE_PER_GAS")]
    [TestCase("gasPrice", "0x3635c9adc5dea00000", "TR_NoFunds")]
    public void Refused_transaction_passes_only_where_an_exception_is_expected(
        string field, string value, string exception)
    {
        JsonObject root = StateTestSample.Create(transaction => transaction[field] = value);
        Assert.That(StateTestSample.Run(root).Verdict, Is.EqualTo(StateTestVerdict.Failed));
        StateTestSample.Post(root)["expectException"] = exception;
        Assert.That(StateTestSample.Run(root).Verdict, Is.EqualTo(StateTestVerdict.Passed));
    }

    [Test]
    public void Transaction_that_runs_fails_where_an_exception_is_expected()
    {
        JsonObject root = StateTestSample.Create();
        StateTestSample.Post(root)["expectException"] = "TR_NoFunds";
        Assert.That(StateTestSample.Run(root).Detail, Is.EqualTo("expected exception TR_NoFunds, got none"));
    }

    [Test]
    public void Number_too_large_for_a_transaction_is_a_refusal_where_one_is_expected_else_a_malformed_test()
    {
        JsonObject root = StateTestSample.Create();
        StateTestSample.Body(root)["transaction"]!["value"] = new JsonArray("0x:bigint 0x1" + new string('0', 64));
        Assert.That(StateTestSample.Run(root).Detail, Does.StartWith("malformed test: over 256 bits"));
    }

    [Test]
    public void Field_that_is_absent_is_never_an_expected_exception()
    {
        JsonObject root = StateTestSample.Create();
        StateTestSample.Post(root)["expectException"] = "TR_NoFunds";
        StateTestSample.Body(root)["transaction"]!.AsObject().Remove("gasLimit");
        Assert.That(StateTestSample.Run(root).Detail, Is.EqualTo("malformed test: gasLimit has no element 0"));
    }

    [TestCase("maxFeePerGas", "maxPriorityFeePerGas")]
    [TestCase("maxFeePerGas", "")]
    public void Fee_market_transaction_needs_no_gas_price(string maxFee, string priorityFee)
    {
        JsonObject root = StateTestSample.Create(transaction =>
        {
            transaction.Remove("gasPrice");
            transaction[maxFee] = "0x64";
            transaction["unknownField"] = "0x1";
            if (priorityFee.Length > 0)
            {
                transaction[priorityFee] = "0x01";
            }
        });
        Assert.That(StateTestSample.Run(root).Verdict, Is.EqualTo(StateTestVerdict.Passed));
    }

    [Test]
    public void Access_list_is_that_of_the_data_index_and_costs_gas()
    {
        JsonObject with = StateTestSample.Create(static transaction => transaction["accessLists"] = new JsonArray(
            new JsonArray(new JsonObject
            {
                ["address"] = "0x1000000000000000000000000000000000000000",
                ["storageKeys"] = new JsonArray("0x00"),
            })));
        Assert.That(StateTestSample.Run(with).Verdict, Is.EqualTo(StateTestVerdict.Passed));
        StateTestSample.Body(with)["transaction"]!["accessLists"] = new JsonArray((JsonNode?)null);
        Assert.That(StateTestSample.Run(with).Detail, Does.StartWith("state root"));
    }

    [TestCase("6006", "absent precompile 0x0000000000000000000000000000000000000006")]
    [TestCase("600a", "absent precompile 0x000000000000000000000000000000000000000A")]
    [TestCase("6004", null)]
    [TestCase("600b", null)]
    public void Case_that_differs_is_skipped_only_when_it_calls_an_absent_precompile(string push, string? reason)
    {
        JsonObject root = StateTestSample.Create(code: CallAccount.Replace("{0}", push, StringComparison.Ordinal));
        Assert.That(StateTestSample.Run(root).Verdict, Is.EqualTo(StateTestVerdict.Passed));
        StateTestSample.Post(root)["hash"] = "0x" + new string('1', 64);
        StateTestResult result = StateTestSample.Run(root);
        Assert.That(
            result.Verdict, Is.EqualTo(reason is null ? StateTestVerdict.Failed : StateTestVerdict.Skipped));
        Assert.That(result.Detail, reason is null ? Does.StartWith("state root") : Is.EqualTo(reason).IgnoreCase);
    }

    [TestCase("0x234f4a", StateTestVerdict.Skipped)]
    [TestCase("0x00", StateTestVerdict.Failed)]
    public void Blob_base_fee_is_a_reason_to_skip_only_where_it_is_over_one(string excess, StateTestVerdict expected)
    {
        JsonObject root = StateTestSample.Create(code: "0x4a600055");
        StateTestSample.Body(root)["env"]!["currentExcessBlobGas"] = excess;
        StateTestSample.Post(root)["hash"] = "0x" + new string('1', 64);
        Assert.That(StateTestSample.Run(root).Verdict, Is.EqualTo(expected));
    }

    [Test]
    public void Expected_accounts_tell_what_differs()
    {
        JsonObject root = StateTestSample.Create(code: "0x" + Store);
        StateTestSample.Post(root)["hash"] = "0x" + new string('1', 64);
        JsonObject state = StateTestSample.Body(root)["pre"]!.DeepClone().AsObject();
        state.Remove("0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b");
        state["0x1000000000000000000000000000000000000000"]!["storage"]!["0x00"] = "0x02";
        StateTestSample.Post(root)["state"] = state;
        Assert.That(StateTestSample.Run(root).Detail, Does.EndWith("slot 0x0 is 0x1, expected 0x2)").IgnoreCase
            .Or.EndWith("slot 0 is 1, expected 2)"));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[1,2]")]
    [TestCase("{}")]
    [TestCase("{\"a\":1}")]
    [TestCase("{\"a\":{\"post\":{}}}")]
    [TestCase("{\"a\":{\"post\":5,\"transaction\":{}}}")]
    [TestCase("{\"a\":{\"post\":{\"Cancun\":7},\"transaction\":{}}}")]
    [TestCase("{\"a\":{\"post\":{\"Cancun\":[{\"indexes\":{\"data\":-1}}]},\"transaction\":{}}}")]
    [TestCase("{\"a\":{\"post\":{\"Cancun\":[{\"indexes\":{\"data\":1e99}}]},\"transaction\":{}}}")]
    [TestCase("\0\u0001\u0002")]
    [TestCase("{\"\\ud800\":{\"post\":{},\"transaction\":{}}}")]
    public void File_that_holds_no_tests_is_refused_with_a_reason(string text) => Assert.That(
        () => Read(Encoding.UTF8.GetBytes(text), out _),
        Throws.TypeOf<FormatException>().With.Message.Not.Empty);

    [Test]
    public void Deep_nesting_and_names_that_are_not_utf8_are_refused()
    {
        byte[] deep = Enumerable.Repeat((byte)'[', 1_000_000).ToArray();
        byte[] name = [(byte)'{', (byte)'"', 0xFF, .. "\":{\"post\":{},\"transaction\":{}}}"u8];
        Assert.That(() => Read(deep, out _), Throws.TypeOf<FormatException>());
        Assert.That(() => Read(name, out _), Throws.TypeOf<FormatException>());
    }

    [TestCase("{\"a\":{\"blocks\":[]}}", "no state test: blockchain test")]
    [TestCase("{\"test_cases\":[],\"root_hash\":\"0x\"}", "no state test: index of tests")]
    [TestCase("{\"a\":{\"result\":{},\"txbytes\":\"0x\"}}", "no state test: transaction test")]
    [TestCase("{\"a\":{\"post\":{\"London\":[]},\"transaction\":{}}}", "no section for Cancun")]
    [TestCase("{\"a\":{\"post\":{\"Cancun\":[]},\"transaction\":{}}}", "no case for Cancun")]
    public void File_of_another_kind_is_skipped_by_name(string text, string reason)
    {
        Assert.That(Read(Encoding.UTF8.GetBytes(text), out IReadOnlyList<StateTestResult> skipped), Is.Empty);
        Assert.That(skipped.Single().Detail, Is.EqualTo(reason));
    }

    [Test]
    public void Loops_of_links_end_and_what_cannot_be_read_is_one_failure()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("statetests");
        try
        {
            string tests = folder.CreateSubdirectory("tests").FullName;
            File.WriteAllText(Path.Combine(tests, "good.json"), StateTestSample.Create().ToJsonString());
            File.CreateSymbolicLink(Path.Combine(tests, "self.json"), "self.json");
            Directory.CreateSymbolicLink(Path.Combine(tests, "up"), "..");
            Directory.CreateSymbolicLink(Path.Combine(tests, "again"), ".");
            StateTestResult[] results = [.. new StateTestRunner().RunAll([folder.FullName])];
            Assert.That(results.Count(static result => result.Verdict == StateTestVerdict.Passed), Is.EqualTo(1));
            Assert.That(results.Count(static result => result.Verdict == StateTestVerdict.Failed), Is.EqualTo(1));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IReadOnlyList<StateTestCase> Read(byte[] bytes, out IReadOnlyList<StateTestResult> skipped) =>
        StateTestFile.Read(bytes, "file", StateTestRunner.Cancun, out skipped);
}
