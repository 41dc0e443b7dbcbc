using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Tests.Api;

/// <summary>An erased record is refused or left out by every call of the API, and the decision is named.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ErasedRecordRpcTests
{
    private const ulong Slot = 1_000;
    private const string Sentence = "erased by decision 7 of the council at height 1234 (court)";

    private static readonly Address Seller = TestKeys.Of(21).Address;
    private static readonly Address Buyer = TestKeys.Of(22).Address;
    private static readonly Address Device = TestKeys.Of(23).Address;

    private readonly Transaction _erased = TestKeys.Transfer(1, 2, 0);
    private readonly Transaction _other = TestKeys.Transfer(1, 2, 1);
    private string _directory = "";
    private ApiHost _host = null!;
    private Proto.ChainService.ChainServiceClient _chain = null!;
    private Proto.HistoryService.HistoryServiceClient _history = null!;

    [SetUp]
    public async Task Start()
    {
        _directory = Directory.CreateTempSubdirectory("erased").FullName;
        _host = await ApiHost.StartAsync(
            indexPath: Path.Combine(_directory, "index.db"), tracer: new FakeTracer());
        _chain = new Proto.ChainService.ChainServiceClient(_host.Channel);
        _history = new Proto.HistoryService.HistoryServiceClient(_host.Channel);
        _host.Chain.Append((_erased, DoneWithAll(_erased, 1)), (_other, DoneWithAll(_other, 11)));
        HistoryIndex index = _host.Services.GetRequiredService<HistoryIndex>();
        Assert.That(
            SpinWait.SpinUntil(() => index.IndexedHeight == new Height(1), TimeSpan.FromSeconds(30)), Is.True);
    }

    [TearDown]
    public async Task Stop()
    {
        await _host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task Single_calls_are_refused_with_the_decision()
    {
        string id = _erased.Id.ToString();
        Proto.ProofService.ProofServiceClient proofs = new(_host.Channel);
        Func<Task>[] calls =
        [
            () => _chain.GetTransactionAsync(new() { Id = id, IncludeRaw = true }).ResponseAsync,
            () => _chain.WaitForTransactionAsync(new() { Id = id }).ResponseAsync,
            () => _chain.TraceTransactionAsync(new() { Id = id }).ResponseAsync,
            () => proofs.GetTransactionProofAsync(new() { Id = id }).ResponseAsync,
        ];
        Assert.That((await _chain.GetTransactionAsync(new() { Id = id })).Body.Sender, Is.Not.Empty);
        Erase();
        foreach (Func<Task> call in calls)
        {
            Status status = await RpcStatus.OfAsync(call);
            Assert.That(status.StatusCode, Is.EqualTo(StatusCode.FailedPrecondition));
            Assert.That(status.Detail, Is.EqualTo($"The record of transaction {id} was {Sentence}."));
        }

        Proto.Transaction other = await _chain.GetTransactionAsync(new() { Id = _other.Id.ToString() });
        Assert.That(other.Status, Is.EqualTo(Proto.TransactionStatus.Final));
    }

    [Test]
    public async Task Transaction_that_waits_is_refused_as_well()
    {
        Transaction waiting = TestKeys.Transfer(3, 2, 0);
        _host.Pool.Add(waiting);
        _host.Chain.Erasures.Add([new RecordErasure(waiting.Id, 8, new Height(5), ErasureGround.Mistake)]);
        Status status = await RpcStatus.OfAsync(
            () => _chain.GetTransactionAsync(new() { Id = waiting.Id.ToString() }).ResponseAsync);
        Assert.That(status.Detail, Does.EndWith("by decision 8 of the council at height 5 (mistake)."));
    }

    [Test]
    public async Task Block_shows_an_id_and_the_decision_in_the_place_of_the_record()
    {
        Proto.GetBlockRequest request = new() { Height = 1, IncludeTransactions = true, IncludeRaw = true };
        Assert.That((await _chain.GetBlockAsync(request)).Raw, Is.Not.Empty);
        Erase();
        using AsyncServerStreamingCall<Proto.Block> stream = _chain.StreamBlocks(
            new() { FromHeight = 1, IncludeTransactions = true, IncludeRaw = true });
        Assert.That(await stream.ResponseStream.MoveNext(CancellationToken.None), Is.True);
        foreach (Proto.Block block in new[] { await _chain.GetBlockAsync(request), stream.ResponseStream.Current })
        {
            Assert.That(block.TransactionIds, Is.EqualTo(new[] { _erased.Id.ToString(), _other.Id.ToString() }));
            Assert.That(block.Raw, Is.Empty);
            Assert.That(block.Erased.Single(), Is.EqualTo(Named()));
            Assert.That(
                block.Transactions[0],
                Is.EqualTo(new Proto.TransactionBody { Id = _erased.Id.ToString(), Erased = Named() }));
            Assert.That(block.Transactions[1].Sender, Is.Not.Empty);
        }
    }

    [Test]
    public async Task Events_are_left_out_and_the_decision_named()
    {
        int before = (await _chain.GetLogsAsync(new())).Logs.Count;
        Erase();
        Proto.GetLogsResponse logs = await _chain.GetLogsAsync(new());
        Assert.That(logs.Logs, Has.Count.EqualTo(before / 2));
        Assert.That(logs.Logs.Select(log => log.TransactionId), Is.All.EqualTo(_other.Id.ToString()));
        Assert.That(logs.Erased, Is.EqualTo(new[] { Named() }));
        using AsyncServerStreamingCall<Proto.Log> stream = _chain.StreamEvents(new() { FromHeight = 1 });
        for (int i = 0; i < before / 2; i++)
        {
            Assert.That(await stream.ResponseStream.MoveNext(CancellationToken.None), Is.True);
            Assert.That(stream.ResponseStream.Current.TransactionId, Is.EqualTo(_other.Id.ToString()));
        }
    }

    [Test]
    public async Task Lists_of_the_history_leave_it_out_and_name_the_decision()
    {
        Erase();
        Proto.ListTransactionsResponse transactions = await _history.ListTransactionsAsync(new());
        Proto.ListEventsResponse events = await _history.ListEventsAsync(new());
        Proto.ListOrdersResponse orders = await _history.ListOrdersAsync(new());
        Proto.ListTradesResponse trades = await _history.ListTradesAsync(new());
        Proto.ListReadingsResponse readings = await _history.ListReadingsAsync(new());
        Proto.Slot slot = await _history.GetSlotAsync(new() { Slot = Slot });
        string other = _other.Id.ToString();
        Assert.That(transactions.Transactions.Select(row => row.Id), Is.EqualTo(new[] { other }));
        Assert.That(events.Events.Select(row => row.Log.TransactionId), Is.Not.Empty.And.All.EqualTo(other));
        Assert.That(orders.Orders.Select(row => row.TransactionId), Is.Not.Empty.And.All.EqualTo(other));
        Assert.That(trades.Trades.Select(row => row.TransactionId), Is.Not.Empty.And.All.EqualTo(other));
        Assert.That(readings.Readings.Select(row => row.TransactionId), Is.Not.Empty.And.All.EqualTo(other));
        Assert.That(slot.Trades.Select(row => row.TransactionId), Is.Not.Empty.And.All.EqualTo(other));
        Proto.ErasedRecord[] named = [Named()];
        Assert.That(transactions.Erased, Is.EqualTo(named));
        Assert.That(events.Erased, Is.EqualTo(named));
        Assert.That(orders.Erased, Is.EqualTo(named));
        Assert.That(trades.Erased, Is.EqualTo(named));
        Assert.That(readings.Erased, Is.EqualTo(named));
        Assert.That(slot.Erased, Is.EqualTo(named));
    }

    private void Erase() =>
        _host.Chain.Erasures.Add([new RecordErasure(_erased.Id, 7, new Height(1_234), ErasureGround.Court)]);

    private Proto.ErasedRecord Named() => new()
    {
        TransactionId = _erased.Id.ToString(),
        Decision = 7,
        Height = 1_234,
        Ground = "court",
        Sentence = Sentence,
    };

    private static Receipt DoneWithAll(Transaction transaction, ulong number) => TestKeys.Done(
        transaction,
        TestEvents.Order(Slot, number, 1, Seller, buy: false, 700),
        TestEvents.Order(Slot, number + 1, 2, Buyer, buy: true, 500),
        TestEvents.Trade(Slot, number, number + 1, number, Seller, Buyer, 500),
        TestEvents.Record(Slot, Device, 1, 400));
}
