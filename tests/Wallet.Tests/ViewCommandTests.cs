using System.Text.Json;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli;

namespace EnergyChain.Wallet.Tests;

public sealed class ViewCommandTests
{
    private const ulong Slot = 1_633_300;

    private WalletRun _run = null!;

    private static TradeInfo Trade => new()
    {
        Id = Slot << 16,
        Slot = Slot,
        SellerSite = 1,
        BuyerSite = 2,
        Seller = Address.FromNumber(11),
        Buyer = Address.FromNumber(12),
        EnergyWh = 1_500,
        PricePerKwh = FakeNode.Enc("0.2"),
        IsDirect = false,
        Height = new Height(30),
        Time = new BlockTime(1_470_000_000_000),
        Settlement = new SettlementInfo(
            1_200, 300, 1_250, 0, FakeNode.Enc("0.24"), FakeNode.Enc("0.024"), FakeNode.Enc("0.03"),
            FakeNode.Enc("0.066"), FakeNode.Enc("0.12"), new Height(35)),
    };

    [SetUp]
    public void Start() => _run = new WalletRun();

    [TearDown]
    public void Stop() => _run.Dispose();

    [Test]
    public async Task Settlement_shows_each_trade_line_by_line()
    {
        SetSlot();
        Assert.That(await _run.Async("settlement", "1633300"), Is.EqualTo(ExitCode.Ok));
        foreach (string figure in new[]
        {
            "1.5 kWh", "1.25 kWh", "1.2 kWh", "300 Wh", "0.24", "0.024", "0.03", "0.066", "settled",
        })
        {
            Assert.That(_run.Output.Output, Does.Contain(figure));
        }
    }

    [Test]
    public async Task Settlement_as_json_has_its_documented_fields()
    {
        SetSlot();
        await _run.Async("settlement", "1633300", "--json");
        JsonElement line = _run.Json.GetProperty("trades")[0].GetProperty("settlement");
        Assert.That(
            line.EnumerateObject().Select(property => property.Name),
            Is.EqualTo(new[]
            {
                "delivered_wh", "short_wh", "seller_exported_wh", "certified_wh", "paid", "fee", "compensation",
                "escrow_returned", "collateral_returned", "height",
            }));
        Assert.That(line.GetProperty("paid").GetString(), Is.EqualTo("240000000000000000"));
        Assert.That(_run.Json.GetProperty("is_settled").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Settlement_of_a_slot_without_a_market_is_exit_code_1() =>
        Assert.That(await _run.Async("settlement", "12"), Is.EqualTo(ExitCode.Refused));

    [Test]
    public async Task Trades_pass_their_filters_on()
    {
        _run.Node.Trades = [Trade];
        await _run.Async("trades", "--site", "2", "--slot", "1633300", "--mine", "-n", "7");
        HistoryQuery query = _run.Node.Queries.Single();
        Assert.That(query, Is.EqualTo(
            new HistoryQuery { Site = 2, Slot = Slot, Account = _run.Alice, PageSize = 7 }));
        Assert.That(_run.Output.Output, Does.Contain("auction").And.Contain("1.2 kWh"));
    }

    [TestCase("0")]
    [TestCase("501")]
    public async Task Limits_outside_their_range_are_exit_code_2(string limit) =>
        Assert.That(await _run.Async("trades", "--limit", limit), Is.EqualTo(ExitCode.Usage));

    [Test]
    public async Task Orders_show_what_became_of_them()
    {
        _run.Node.Orders =
        [
            new OrderInfo(4, Slot, OrderKind.Buy, _run.Alice, 2, 0, 1_000, 400, FakeNode.Enc("0.3"),
                FakeNode.Enc("0.32"), default, OrderState.Closed, new Height(9)),
        ];
        await _run.Async("orders", "--open");
        Assert.That(_run.Node.Queries.Single().OpenOnly, Is.True);
        Assert.That(_run.Output.Output, Does.Contain("closed").And.Contain("400 Wh"));
    }

    [Test]
    public async Task Book_lists_open_orders_and_the_gate()
    {
        AbiValue[] tariff = [FakeNode.Enc("0.3"), FakeNode.Enc("0.05"), true];
        _run.Node.Answer(EnergyMarketContract.Artifact.Abi, "slotSummary", (AbiValue)new AbiValue[]
        {
            0UL, false, 1UL, 0UL, 1UL, 0UL, 0UL, tariff,
            (Slot * 900) - 300, Slot * 900, (Slot * 900) + 900, (Slot * 900) + 1_500,
        });
        AbiValue[] order = [9UL, Slot, 3UL, _run.Alice, 3UL, 6UL, 2_500UL, FakeNode.Enc("0.21")];
        _run.Node.Answer(EnergyMarketContract.Artifact.Abi, "openOrders", (AbiValue)new AbiValue[] { order });
        Assert.That(await _run.Async("book", "1633300"), Is.EqualTo(ExitCode.Ok));
        Assert.That(
            _run.Output.Output,
            Does.Contain("2.5 kWh").And.Contain("0.21").And.Contain("site 6").And.Contain("retail 0.3 ENC/kWh"));
    }

    [Test]
    public async Task Readings_show_what_the_chain_accepted()
    {
        _run.Node.Readings =
        [
            new ReadingInfo(Slot, Address.FromNumber(5), 3, 10, 1_250, 2_000, 700, 4_000, true, new Height(33)),
        ];
        await _run.Async("readings", "3");
        Assert.That(_run.Node.Queries.Single().Site, Is.EqualTo(3));
        Assert.That(_run.Output.Output, Does.Contain("1.25 kWh").And.Contain("late"));
    }

    [Test]
    public async Task Site_shows_a_missing_value_as_missing()
    {
        await _run.Async("site", "3");
        Assert.That(_run.Output.Output, Does.Contain("1500 W").And.Contain("-900 W").And.Contain("no answer"));
        Assert.That(_run.Output.Output, Does.Match(@"consumption +-\s"));
    }

    [Test]
    public async Task Node_status_shows_head_and_faults()
    {
        _run.Node.Faults = [new SiteFaultInfo(3, "meter", "silent", "no answer for 12 s", new BlockTime(5))];
        Assert.That(await _run.Async("node", "status"), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.Contain("relay").And.Contain("no answer for 12 s"));
    }

    [Test]
    public async Task Block_and_peers_and_account_answer()
    {
        Assert.That(await _run.Async("block"), Is.EqualTo(ExitCode.Ok));
        Assert.That(await _run.Async("block", "12"), Is.EqualTo(ExitCode.Ok));
        Assert.That(await _run.Async("node", "peers"), Is.EqualTo(ExitCode.Ok));
        Assert.That(await _run.Async("account"), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.Contain("127.0.0.1:1").And.Contain("next 5"));
    }

    [Test]
    public async Task A_transaction_nobody_knows_is_exit_code_1() => Assert.That(
        await _run.Async("transaction", new string('a', 64)), Is.EqualTo(ExitCode.Refused));

    private void SetSlot() => _run.Node.Slot = new SlotInfo
    {
        Slot = Slot,
        IsCleared = true,
        IsSettled = true,
        ClearingPricePerKwh = FakeNode.Enc("0.2"),
        ClearedWh = 1_500,
        Orders = 2,
        SoldWh = 1_500,
        DeliveredWh = 1_200,
        Paid = FakeNode.Enc("0.24"),
        Fees = FakeNode.Enc("0.024"),
        Compensation = FakeNode.Enc("0.03"),
        Trades = [Trade],
    };
}
