using System.Text.Json;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli;

namespace EnergyChain.Wallet.Tests;

public sealed class TradeCommandTests
{
    // The slot of FakeNode's head time.
    private const ulong Now = 1_633_344;

    private static readonly ContractAbi Market = EnergyMarketContract.Artifact.Abi;

    private WalletRun _run = null!;

    [SetUp]
    public void Start()
    {
        _run = new WalletRun();
        _run.Node.OnCall(MeterRegistryContract.Artifact.Abi, "siteAccount", arguments =>
            [arguments[0].AsUInt64 == 3 ? _run.Alice : Address.Zero]);
    }

    [TearDown]
    public void Stop() => _run.Dispose();

    [Test]
    public async Task Sell_places_an_order_with_its_collateral()
    {
        Assert.That(
            await _run.Async("sell", "1.5kWh", "0.2", "--slot", "+4", "--yes", "--json"), Is.EqualTo(ExitCode.Ok));

        IReadOnlyList<AbiValue> call = Sent("placeOrder", out Transaction sent);
        Assert.That(call[0].AsUInt64, Is.EqualTo(Now + 4));
        Assert.That(call[1].AsUInt32, Is.EqualTo(3));
        Assert.That(call[2].AsByte, Is.EqualTo((byte)OrderKind.Sell));
        Assert.That(call[3].AsUInt32, Is.EqualTo(1_500));
        Assert.That(call[4].AsUInt256, Is.EqualTo(FakeNode.Enc("0.2")));
        Assert.That(sent.Body.Value, Is.EqualTo(FakeNode.Enc("0.15")));
        JsonElement result = _run.Json.GetProperty("result");
        Assert.That(result.GetProperty("order_id").GetUInt64(), Is.EqualTo(77));
        Assert.That(result.GetProperty("kind").GetString(), Is.EqualTo("sell"));
        Assert.That(result.GetProperty("locked").GetString(), Is.EqualTo("150000000000000000"));
    }

    [Test]
    public async Task Buy_locks_price_and_grid_fee()
    {
        await _run.Async("buy", "500", "0.3", "--slot", "2016-08-01T03:00Z", "--site", "9", "--yes");
        IReadOnlyList<AbiValue> call = Sent("placeOrder", out Transaction sent);
        Assert.That(call[0].AsUInt64, Is.EqualTo(Now + 12));
        Assert.That(call[1].AsUInt32, Is.EqualTo(9));
        Assert.That(sent.Body.Value, Is.EqualTo(FakeNode.Enc("0.16")));
    }

    [Test]
    public async Task Sell_without_a_slot_takes_the_next_open_one()
    {
        await _run.Async("sell", "1kWh", "0.2", "--yes");
        Assert.That(Sent("placeOrder", out _)[0].AsUInt64, Is.EqualTo(Now + 1));
    }

    [Test]
    public async Task Sell_direct_offers_to_one_site()
    {
        await _run.Async("sell", "1kWh", "0.2", "--direct", "--to", "12", "--yes");
        IReadOnlyList<AbiValue> call = Sent("offer", out _);
        Assert.That(call[4].AsUInt32, Is.EqualTo(12));
        Assert.That(_run.Output.Output, Does.Contain("Offer 77"));
    }

    [Test]
    public async Task Sell_direct_to_an_account_finds_its_site()
    {
        await _run.Async("sell", "1kWh", "0.2", "--direct", "--to", "alice", "--site", "1", "--yes");
        Assert.That(Sent("offer", out _)[4].AsUInt32, Is.EqualTo(3));
    }

    [TestCase("sell", "1kWh", "0.2", "--to", "12")]
    [TestCase("sell", "1.5Wh", "0.2")]
    [TestCase("sell", "0", "0.2")]
    [TestCase("sell", "2000MWh", "0.2")]
    [TestCase("sell", "1kWh", "0.0000000000000001")]
    [TestCase("sell", "1kWh", "1000001")]
    [TestCase("buy", "1kWh", "0.2", "--slot", "soon")]
    [TestCase("accept", "x", "1kWh")]
    public async Task Orders_that_make_no_sense_are_exit_code_2(params string[] arguments)
    {
        Assert.That(await _run.Async([.. arguments, "--yes"]), Is.EqualTo(ExitCode.Usage));
        Assert.That(_run.Node.Submitted, Is.Empty);
    }

    [Test]
    public async Task What_the_contract_refuses_is_not_sent_and_exit_code_5()
    {
        _run.Node.Revert(Market, "placeOrder", "GateClosed(slot: 7, gateClosure: 12, timeNow: 13)");
        Assert.That(await _run.Async("sell", "1kWh", "0.2", "--yes"), Is.EqualTo(ExitCode.Reverted));
        Assert.That(_run.Errors.Output, Does.Contain("GateClosed(slot: 7").And.Contain("Nothing was sent"));
        Assert.That(_run.Node.Submitted, Is.Empty);
    }

    [Test]
    public async Task An_account_without_a_site_is_told_so()
    {
        _run.Node.Answer(MeterRegistryContract.Artifact.Abi, "siteAccount", Address.Zero);
        Assert.That(await _run.Async("sell", "1kWh", "0.2", "--yes"), Is.EqualTo(ExitCode.Refused));
        Assert.That(_run.Errors.Output, Does.Contain("--site"));
    }

    [Test]
    public async Task Accept_pays_the_offer_price_and_the_fee()
    {
        SetOrder(kind: 3, energyWh: 2_000);
        Assert.That(await _run.Async("accept", "5", "500Wh", "--yes", "--json"), Is.EqualTo(ExitCode.Ok));
        IReadOnlyList<AbiValue> call = Sent("acceptOffer", out Transaction sent);
        Assert.That(call.Select(value => value.AsUInt64), Is.EqualTo(new ulong[] { 5, 3, 500 }));
        Assert.That(sent.Body.Value, Is.EqualTo(FakeNode.Enc("0.135")));
        Assert.That(_run.Json.GetProperty("result").GetProperty("trade_id").GetUInt64(), Is.EqualTo(77));
    }

    [TestCase(0, 2_000u, "is not open")]
    [TestCase(2, 2_000u, "only direct offers")]
    [TestCase(3, 400u, "400 Wh left")]
    public async Task Accept_of_what_cannot_be_accepted_says_why(int kind, uint energyWh, string why)
    {
        SetOrder((ulong)kind, energyWh);
        Assert.That(await _run.Async("accept", "5", "500Wh", "--yes"), Is.EqualTo(ExitCode.Refused));
        Assert.That(_run.Errors.Output, Does.Contain(why));
    }

    [Test]
    public async Task Cancel_tells_what_comes_back()
    {
        SetOrder(kind: 1, energyWh: 2_000);
        Assert.That(await _run.Async("cancel", "5", "--yes"), Is.EqualTo(ExitCode.Ok));
        Assert.That(Sent("cancelOrder", out Transaction sent)[0].AsUInt64, Is.EqualTo(5));
        Assert.That(sent.Body.Value.IsZero, Is.True);
        Assert.That(_run.Output.Output, Does.Contain("0.54 ENC came back"));
    }

    private IReadOnlyList<AbiValue> Sent(string function, out Transaction sent)
    {
        sent = _run.Node.Submitted.Single();
        Assert.That(sent.Body.To, Is.EqualTo(EnergyMarketContract.Address));
        bool decoded = Market.Function(function).TryDecodeCall(
            sent.Body.Data.Span, out IReadOnlyList<AbiValue> arguments);
        Assert.That(decoded, Is.True);
        return arguments;
    }

    private void SetOrder(ulong kind, uint energyWh) => _run.Node.Answer(Market, "orderOf", (AbiValue)new AbiValue[]
    {
        5UL, Now + 4, kind, Address.FromNumber(6), 8UL, 0UL, (ulong)energyWh, FakeNode.Enc("0.25"),
    });
}
