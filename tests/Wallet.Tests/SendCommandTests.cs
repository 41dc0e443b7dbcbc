using System.Text.Json;
using EnergyChain.Client;
using EnergyChain.Core.Chain;
using EnergyChain.Wallet.Cli;

namespace EnergyChain.Wallet.Tests;

public sealed class SendCommandTests
{
    private const string Bob = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

    private WalletRun _run = null!;

    [SetUp]
    public void Start() => _run = new WalletRun();

    [TearDown]
    public void Stop() => _run.Dispose();

    [Test]
    public async Task Balance_shows_exact_coin()
    {
        _run.Node.Balance = FakeNode.Enc("12.000000000000000001");
        Assert.That(await _run.Async("balance"), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.Contain("12.000000000000000001 ENC"));
    }

    [Test]
    public async Task Balance_as_json_is_base_units_in_a_string()
    {
        await _run.Async("balance", Bob, "--json");
        Assert.That(_run.Json.GetProperty("balance").GetString(), Is.EqualTo("100000000000000000000"));
        Assert.That(_run.Json.GetProperty("address").GetString(), Is.EqualTo(Bob));
        Assert.That(_run.Json.GetProperty("height").GetUInt64(), Is.EqualTo(40));
    }

    [Test]
    public async Task Send_without_a_memo_has_none()
    {
        await _run.Async("send", Bob, "1", "--yes");
        Transaction sent = _run.Node.Submitted.Single();
        Assert.That(sent.Memo, Is.Null);
        Assert.That(sent.Body.MemoHash.IsZero, Is.True);
    }

    [Test]
    public async Task Send_signs_what_was_asked_for_and_waits()
    {
        Assert.That(await _run.Async("send", Bob, "1.25", "--yes", "--memo", "thanks"), Is.EqualTo(ExitCode.Ok));
        Transaction sent = _run.Node.Submitted.Single();

        Assert.That(sent.SignaturesHold(), Is.True);
        Assert.That(sent.MemoMatches(), Is.True);
        Assert.That(MemoText.TryDecode(sent.Memo!.Value.Span, out string? memo), Is.True);
        Assert.That(memo, Is.EqualTo("thanks"));
        Assert.That(sent.Sender, Is.EqualTo(_run.Alice));
        Assert.That(sent.Body.To.ToString(), Is.EqualTo(Bob));
        Assert.That(sent.Body.Value, Is.EqualTo(FakeNode.Enc("1.25")));
        Assert.That(sent.Body.Nonce, Is.EqualTo(5));
        Assert.That(sent.Body.GasLimit.Value, Is.EqualTo(21_000));
        Assert.That(sent.Body.ValidUntil.Value, Is.EqualTo(160));
        Assert.That(_run.Output.Output, Does.Contain("Final at height 41"));
    }

    [Test]
    public async Task Send_as_json_has_its_documented_fields()
    {
        await _run.Async("send", Bob, "1", "--yes", "--json");
        Assert.That(
            _run.Json.EnumerateObject().Select(property => property.Name),
            Is.EqualTo(new[] { "transaction_id", "state", "height", "gas_used", "fee", "result", "trust" }));
        Assert.That(_run.Json.GetProperty("state").GetString(), Is.EqualTo("final"));
        JsonElement result = _run.Json.GetProperty("result");
        Assert.That(result.GetProperty("value").GetString(), Is.EqualTo("1000000000000000000"));
    }

    [Test]
    public async Task Send_with_no_wait_does_not_wait()
    {
        _run.Node.Outcome = static _ => throw new InvalidOperationException("waited");
        Assert.That(await _run.Async("send", Bob, "1", "--yes", "--no-wait", "--json"), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Json.GetProperty("state").GetString(), Is.EqualTo("pending"));
        Assert.That(_run.Json.GetProperty("height").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Send_shows_the_cost_and_asks()
    {
        _run.IsInteractive = true;
        _run.Errors.Input.PushTextWithEnter("n");
        Assert.That(await _run.Async("send", Bob, "1.25"), Is.EqualTo(ExitCode.Declined));
        Assert.That(_run.Errors.Output, Does.Contain("1.25 ENC").And.Contain("about 0.000021 ENC"));
        Assert.That(_run.Node.Submitted, Is.Empty);
    }

    [Test]
    public async Task Send_that_nobody_can_consent_to_is_not_sent()
    {
        Assert.That(await _run.Async("send", Bob, "1"), Is.EqualTo(ExitCode.Usage));
        Assert.That(_run.Errors.Output, Does.Contain("--yes"));
        Assert.That(_run.Node.Submitted, Is.Empty);
    }

    [TestCase("1e3")]
    [TestCase("-1")]
    [TestCase("1,5")]
    [TestCase("1.0000000000000000001")]
    [TestCase("NaN")]
    [TestCase("")]
    public async Task Send_of_no_amount_is_exit_code_2(string amount)
    {
        Assert.That(await _run.Async("send", "--yes", "--", Bob, amount), Is.EqualTo(ExitCode.Usage));
        Assert.That(_run.Node.Submitted, Is.Empty);
    }

    [TestCase("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", Description = "one letter's case is wrong")]
    [TestCase("0x12")]
    [TestCase("nobody")]
    public async Task Send_to_nobody_is_exit_code_2(string to) =>
        Assert.That(await _run.Async("send", to, "1", "--yes"), Is.EqualTo(ExitCode.Usage));

    [Test]
    public async Task Send_of_more_than_there_is_tells_both_figures()
    {
        _run.Node.Balance = FakeNode.Enc("0.5");
        Assert.That(await _run.Async("send", Bob, "1", "--yes"), Is.EqualTo(ExitCode.Refused));
        Assert.That(_run.Errors.Output, Does.Contain("has 0.5 ENC").And.Contain("needs 1.0 ENC"));
    }

    [Test]
    public async Task Send_of_everything_leaves_nothing_for_gas_and_says_so()
    {
        _run.Node.Balance = FakeNode.Enc("1");
        Assert.That(await _run.Async("send", Bob, "1", "--yes"), Is.EqualTo(ExitCode.Refused));
        Assert.That(_run.Errors.Output, Does.Contain("0.000021 ENC of it for gas"));
    }

    [Test]
    public async Task Refusals_are_exit_code_1_with_name_and_figures()
    {
        _run.Node.Refusal = TransactionRefusal.NonceTaken;
        Assert.That(await _run.Async("send", Bob, "1", "--yes", "--json"), Is.EqualTo(ExitCode.Refused));
        JsonElement error = _run.ErrorJson.GetProperty("error");
        Assert.That(error.GetProperty("code").GetString(), Is.EqualTo("refused"));
        Assert.That(error.GetProperty("message").GetString(), Does.Contain("NonceTaken").And.Contain("the figures"));
    }

    [Test]
    public async Task A_transaction_that_fails_in_its_block_is_exit_code_5()
    {
        _run.Node.Outcome = transaction => FakeNode.Receipt(transaction, false, "GateClosed(slot: 1)");
        Assert.That(await _run.Async("send", Bob, "1", "--yes"), Is.EqualTo(ExitCode.Reverted));
        Assert.That(_run.Errors.Output, Does.Contain("GateClosed(slot: 1)").And.Contain("0.000021 ENC"));
    }

    [Test]
    public async Task A_transaction_that_is_not_final_in_time_is_exit_code_7()
    {
        _run.Node.Outcome = static _ => null;
        Assert.That(await _run.Async("send", Bob, "1", "--yes"), Is.EqualTo(ExitCode.NotFinal));
        Assert.That(_run.Errors.Output, Does.Contain("until height 160"));
    }

    [Test]
    public async Task A_wrong_password_is_exit_code_4()
    {
        _run.Set(GlobalOptions.PasswordVariable, "wrong");
        Assert.That(await _run.Async("send", Bob, "1", "--yes"), Is.EqualTo(ExitCode.Key));
        Assert.That(_run.Node.Submitted, Is.Empty);
    }

    [TestCase(NodeClientError.Unreachable, 3)]
    [TestCase(NodeClientError.TimedOut, 3)]
    [TestCase(NodeClientError.NodeFailed, 1)]
    public async Task Errors_of_the_node_have_their_exit_codes(NodeClientError error, int exitCode)
    {
        _run.Node.Failure = new NodeClientException(error, "why");
        Assert.That((int)await _run.Async("balance"), Is.EqualTo(exitCode));
        Assert.That(_run.Errors.Output, Is.EqualTo("error: why\n"));
    }

    [TestCase("fly")]
    [TestCase("send")]
    [TestCase("block", "abc")]
    [TestCase("transaction", "0x12")]
    [TestCase("balance", "--node", "nowhere")]
    public async Task A_command_line_that_makes_no_sense_is_exit_code_2(params string[] arguments) =>
        Assert.That(await _run.Async(arguments), Is.EqualTo(ExitCode.Usage));

    [Test]
    public async Task The_node_comes_from_option_then_variable_then_default()
    {
        await _run.Async("balance");
        Assert.That(_run.ConnectedTo, Is.EqualTo(new Uri(GlobalOptions.DefaultNode)));
        _run.Set(GlobalOptions.NodeVariable, "http://127.0.0.1:5");
        await _run.Async("balance");
        Assert.That(_run.ConnectedTo!.Port, Is.EqualTo(5));
        await _run.Async("balance", "--node", "http://127.0.0.1:6");
        Assert.That(_run.ConnectedTo!.Port, Is.EqualTo(6));
    }

    [Test]
    public async Task Help_is_exit_code_0()
    {
        Assert.That(await _run.Async("--help"), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.Contain("settlement"));
    }
}
