using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Node.Api;

namespace EnergyChain.Node.Tests.Api;

/// <summary>Traces of the market's own transactions, from a real chain through API and client.</summary>
public sealed class MarketTraceTests
{
    private static readonly AbiBook Abis = AbiBook.OfGenesisContracts();
    private static readonly UInt256 Price = new(200_000_000_000_000_000);

    private MarketChain _market = null!;
    private ApiHost _host = null!;
    private NodeClient _client = null!;

    [SetUp]
    public async Task Start()
    {
        _market = new MarketChain();
        _host = await ApiHost.StartAsync(real: _market.Chain);
        _client = new NodeClient(new NodeClientOptions { Node = new Uri(_host.Address), MaxAttempts = 1 });
        _market.Send(
            MarketChain.Operator, EnergyMarketContract.PublishTariffs(_market.Slot, [Price + Price], [1_000]), 0);
    }

    [TearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        _market.Dispose();
    }

    [Test]
    public async Task Order_is_one_call_that_asks_the_registry_and_tells_of_the_order()
    {
        Receipt receipt = Order(OrderKind.Sell);
        TraceInfo trace = await TraceAsync(receipt);

        Assert.That(Told(trace), Is.EqualTo(new[]
        {
            "0 Call EnergyMarket.placeOrder", "1 StaticCall MeterRegistry.siteAccount", "1 OrderPlaced",
        }));
        AssertGas(trace, receipt);
    }

    [Test]
    public async Task Clearing_of_a_trade_shows_every_payment_and_its_refund_of_gas()
    {
        Order(OrderKind.Sell);
        Order(OrderKind.Buy);
        _market.Now = ((_market.Slot * _market.Parameters.SlotSeconds) - _market.Parameters.GateLeadSeconds) + 1;
        Receipt receipt = _market.Send(MarketChain.Seller, EnergyMarketContract.Clear(_market.Slot), 0);
        TraceInfo trace = await TraceAsync(receipt);

        Assert.That(receipt.Succeeded);
        Assert.That(Told(trace)[0], Is.EqualTo("0 Call EnergyMarket.clear"));
        Assert.That(Told(trace), Does.Contain("1 TradeMade").And.Contain("1 SlotCleared"));
        Assert.That(
            trace.Entries.OfType<TraceEntryInfo.Event>().Select(entry => entry.Log.Topics[0]),
            Is.EqualTo(receipt.Logs.Select(log => log.Topics[0])));
        AssertGas(trace, receipt);
    }

    [Test]
    public async Task Revert_shows_its_custom_error_and_no_gas_is_refunded()
    {
        Receipt receipt = _market.Send(MarketChain.Seller, EnergyMarketContract.CancelOrder(99), 0);
        TraceInfo trace = await TraceAsync(receipt);
        TraceEntryInfo.Call call = (TraceEntryInfo.Call)trace.Entries[0];
        DecodedAbi? error = Abis.ExplainRevert(call.To, call.Output.Span);

        Assert.That(trace.Succeeded, Is.False);
        Assert.That(trace.Failure, Is.EqualTo("UnknownOrder(id: 99)"));
        Assert.That(call.Failure, Is.EqualTo("Revert"));
        Assert.That(error!.Name, Is.EqualTo("UnknownOrder"));
        AssertGas(trace, receipt);
    }

    [Test]
    public async Task Transaction_behind_others_of_its_block_runs_on_what_they_left()
    {
        UInt256 value = _market.Parameters.CollateralFor(1_000);
        byte[] order = EnergyMarketContract.PlaceOrder(_market.Slot, 1, OrderKind.Sell, 1_000, Price);
        Transaction[] before =
            [.. Enumerable.Range(0, 3).Select(_ => _market.Sign(MarketChain.Seller, order, value))];
        Receipt receipt = _market.Send(MarketChain.Seller, order, value, before);
        Order(OrderKind.Buy);
        TraceInfo trace = await TraceAsync(receipt);

        Assert.That(((TraceEntryInfo.Call)trace.Entries[0]).Output.ToArray(), Is.EqualTo(receipt.Output.ToArray()));
        Assert.That(EnergyMarketContract.TryDecodeId(receipt.Output.Span, out ulong id));
        Assert.That(id, Is.EqualTo(4));
    }

    [Test]
    public async Task Call_shows_what_would_be_and_changes_nothing()
    {
        ulong height = _market.Chain.Head.Height.Value;
        CallMessage message = new(
            MarketChain.Seller.Address,
            EnergyMarketContract.Address,
            _market.Parameters.CollateralFor(1_000),
            EnergyMarketContract.PlaceOrder(_market.Slot, 1, OrderKind.Sell, 1_000, Price));
        TraceInfo first = await _client.TraceCallAsync(message, CancellationToken.None);
        TraceInfo second = await _client.TraceCallAsync(message, CancellationToken.None);

        Assert.That(first.Succeeded);
        Assert.That(first.Height.Value, Is.EqualTo(height));
        Assert.That(Told(second), Is.EqualTo(Told(first)));
        Assert.That(
            ((TraceEntryInfo.Call)second.Entries[0]).Output.ToArray(),
            Is.EqualTo(((TraceEntryInfo.Call)first.Entries[0]).Output.ToArray()));
    }

    [Test]
    public async Task Creation_that_ends_itself_shows_its_event_with_whole_length_and_the_coin_that_moves()
    {
        // An event of 0x4001 zero bytes, then SELFDESTRUCT to the buyer.
        byte[] code = [0x61, 0x40, 0x01, 0x5f, 0xa0, 0x73, .. MarketChain.Buyer.Address.ToArray(), 0xff];
        TraceInfo trace = await _client.TraceCallAsync(
            new CallMessage(MarketChain.Seller.Address, null, 9, code), CancellationToken.None);

        Assert.That(trace.Succeeded);
        Assert.That(trace.Entries.Select(entry => entry.Depth), Is.EqualTo(new[] { 0, 1, 1 }));
        TraceEntryInfo.Event happening = (TraceEntryInfo.Event)trace.Entries[1];
        Assert.That(happening.Log.Data.Length, Is.EqualTo(ApiLimits.MaxTraceDataBytes));
        Assert.That(happening.DataBytes, Is.EqualTo(0x4001));
        TraceEntryInfo.Call creation = (TraceEntryInfo.Call)trace.Entries[0];
        TraceEntryInfo.Call end = (TraceEntryInfo.Call)trace.Entries[2];
        Assert.That(creation.IsDeleted, Is.False);
        Assert.That(end.Kind, Is.EqualTo(TracedCallKind.Selfdestruct));
        Assert.That(end.From, Is.EqualTo(creation.To));
        Assert.That(end.To, Is.EqualTo(MarketChain.Buyer.Address));
        Assert.That(end.Value, Is.EqualTo(new UInt256(9)));
        Assert.That(end.IsDeleted);
    }

    [Test]
    public async Task Code_of_a_contract_is_what_genesis_put_there_and_an_account_has_none()
    {
        CodeInfo code = await _client.GetCodeAsync(EnergyMarketContract.Address, CancellationToken.None);
        Assert.That(code.Code.ToArray(), Is.EqualTo(EnergyMarketContract.Artifact.RuntimeCode.ToArray()));
        Assert.That(
            async () => await _client.GetCodeAsync(MarketChain.Seller.Address, CancellationToken.None),
            Throws.InstanceOf<NodeClientException>().With.Property("Error").EqualTo(NodeClientError.NotFound));
    }

    private static void AssertGas(TraceInfo trace, Receipt receipt)
    {
        ulong calls = ((TraceEntryInfo.Call)trace.Entries[0]).GasUsed.Value;
        Assert.That(trace.GasUsed, Is.EqualTo(receipt.GasUsed));
        Assert.That(
            trace.IntrinsicGas.Value + calls - trace.GasRefunded.Value, Is.EqualTo(receipt.GasUsed.Value));
        Assert.That(trace.IsTruncated, Is.False);
    }

    private static string[] Told(TraceInfo trace) =>
    [
        .. trace.Entries.Select(entry => entry switch
        {
            TraceEntryInfo.Call call =>
                $"{entry.Depth} {call.Kind} "
                + (Abis.ExplainCall(call.To, call.Input.Span) is { } known ? $"{known.Contract}.{known.Name}" : "?"),
            TraceEntryInfo.Event happening =>
                $"{entry.Depth} "
                + Abis.ExplainEvent(
                    happening.Log.Contract, happening.Log.Topics, happening.Log.Data.Span)?.Name,
            _ => "?",
        }),
    ];

    private Receipt Order(OrderKind kind)
    {
        UInt256 value = kind == OrderKind.Sell
            ? _market.Parameters.CollateralFor(1_000)
            : _market.Parameters.EscrowFor(1_000, Price);
        Receipt receipt = _market.Send(
            kind == OrderKind.Sell ? MarketChain.Seller : MarketChain.Buyer,
            EnergyMarketContract.PlaceOrder(_market.Slot, kind == OrderKind.Sell ? 1U : 2U, kind, 1_000, Price),
            value);
        Assert.That(receipt.Succeeded);
        return receipt;
    }

    private Task<TraceInfo> TraceAsync(Receipt receipt) =>
        _client.TraceTransactionAsync(receipt.TransactionId, CancellationToken.None);
}
