using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index;
using Grpc.Core;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Tests.Api;

public sealed class HistoryRpcTests
{
    private const ulong Slot = 1_000;

    private static readonly Address Seller = TestKeys.Of(21).Address;
    private static readonly Address Buyer = TestKeys.Of(22).Address;
    private static readonly Address Device = TestKeys.Of(23).Address;

    private string _directory = "";
    private ApiHost _host = null!;
    private Proto.HistoryService.HistoryServiceClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _directory = Directory.CreateTempSubdirectory("history").FullName;
        _host = await ApiHost.StartAsync(indexPath: Path.Combine(_directory, "index"));
        _client = new Proto.HistoryService.HistoryServiceClient(_host.Channel);

        Append(TestEvents.Market("TariffPublished", Slot, 300_000UL, 50_000UL));
        Append(
            TestEvents.Order(Slot, 1, 1, Seller, buy: false, 700),
            TestEvents.Order(Slot, 2, 2, Buyer, buy: true, 500),
            TestEvents.Order(Slot + 1, 3, 2, Buyer, buy: true, 100));
        Append(TestEvents.Market("OrderCancelled", Slot + 1, 3UL, 2UL, 100UL, 25UL));
        Append(
            TestEvents.Trade(Slot, 0, 2, 1, Seller, Buyer, 500),
            TestEvents.Market("SlotCleared", Slot, 250_000UL, 500UL, 1UL),
            TestEvents.Market("OrderClosed", Slot, 1UL, 1UL, 200UL, 20UL));
        Append(TestEvents.Record(Slot, Device, 1, 400));
        AbiValue[] sums = [1UL, 500UL, 400UL, 100_000UL, 4UL, 3UL];
        Append(TestEvents.Settled(Slot, 0, 500, 400), TestEvents.Market("SlotSettled", Slot, sums));
        Append(TestEvents.Trade(Slot + 2, 0, 0, 9, Buyer, Seller, 50));
        await IndexedAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task GetSlot_shows_the_settlement_line_by_line()
    {
        Proto.Slot slot = await _client.GetSlotAsync(new() { Slot = Slot });

        Assert.That(slot.Cleared, Is.True);
        Assert.That(slot.Settled, Is.True);
        Assert.That(slot.ClearingPricePerKwh, Is.EqualTo("250000"));
        Assert.That(slot.RetailPerKwh, Is.EqualTo("300000"));
        Assert.That(slot.Orders, Is.EqualTo(2));
        Assert.That(slot.Paid, Is.EqualTo("100000"));
        Proto.Trade line = slot.Trades.Single();
        Assert.That(line.EnergyWh, Is.EqualTo(500));
        Assert.That(line.Settlement.DeliveredWh, Is.EqualTo(400));
        Assert.That(line.Settlement.ShortWh, Is.EqualTo(100));
        Assert.That(line.Settlement.Paid, Is.EqualTo("100000"));
        Assert.That(line.Settlement.EscrowReturned, Is.EqualTo("2"));
    }

    [Test]
    public async Task GetSlot_without_a_market_is_NotFound() => Assert.That(
        await RpcStatus.CodeAsync(() => _client.GetSlotAsync(new() { Slot = 5 }).ResponseAsync),
        Is.EqualTo(StatusCode.NotFound));

    [Test]
    public async Task ListOrders_follows_filling_cancelling_and_closing()
    {
        Proto.ListOrdersResponse all = await _client.ListOrdersAsync(new());
        Dictionary<ulong, Proto.Order> orders = all.Orders.ToDictionary(order => order.Id);

        Assert.That(all.Orders.Select(order => order.Id), Is.EqualTo(new ulong[] { 3, 2, 1 }));
        Assert.That(orders[1].FilledWh, Is.EqualTo(500));
        Assert.That(orders[1].Returned, Is.EqualTo("20"));
        Assert.That(orders[1].State, Is.EqualTo(Proto.OrderState.Closed));
        Assert.That(orders[2].State, Is.EqualTo(Proto.OrderState.Closed));
        Assert.That(orders[3].State, Is.EqualTo(Proto.OrderState.Cancelled));
    }

    [Test]
    public async Task ListOrders_by_site_and_slot_needs_both()
    {
        Proto.ListOrdersResponse orders = await _client.ListOrdersAsync(new() { Site = 2, Slot = Slot });
        Assert.That(orders.Orders.Select(order => order.Id), Is.EqualTo(new ulong[] { 2 }));
    }

    [Test]
    public async Task Orders_and_trades_are_found_by_their_id()
    {
        Proto.Trade first = (await _client.ListTradesAsync(new() { Slot = Slot })).Trades.Single();
        Assert.That(
            (await _client.ListOrdersAsync(new() { Id = 2 })).Orders.Select(order => order.Id),
            Is.EqualTo(new ulong[] { 2 }));
        Assert.That((await _client.ListTradesAsync(new() { Id = first.Id })).Trades.Single(), Is.EqualTo(first));
        Assert.That((await _client.ListOrdersAsync(new() { Id = 99 })).Orders, Is.Empty);
        Assert.That((await _client.ListTradesAsync(new() { Id = 99 })).Trades, Is.Empty);
        Assert.That((await _client.ListOrdersAsync(new() { Id = 2, Site = 99 })).Orders, Is.Empty);
    }

    [Test]
    public async Task ListTrades_finds_by_seller_buyer_slot_and_time()
    {
        async Task<IEnumerable<ulong>> SlotsAsync(Proto.ListTradesRequest request) =>
            (await _client.ListTradesAsync(request)).Trades.Select(trade => trade.Slot);

        ulong[] both = [Slot + 2, Slot];
        Assert.That(await SlotsAsync(new()), Is.EqualTo(both));
        Assert.That(await SlotsAsync(new() { Account = Seller.ToString() }), Is.EqualTo(both));
        Assert.That(await SlotsAsync(new() { Site = 2 }), Is.EqualTo(both));
        Assert.That(await SlotsAsync(new() { Slot = Slot }), Is.EqualTo(new[] { Slot }));
        ulong cut = (await _client.ListTradesAsync(new() { Slot = Slot + 2 })).Trades[0].TimeMs;
        Assert.That(await SlotsAsync(new() { FromTimeMs = cut }), Is.EqualTo(new[] { Slot + 2 }));
        Assert.That(await SlotsAsync(new() { ToTimeMs = cut }), Is.EqualTo(new[] { Slot }));
    }

    [Test]
    public async Task ListReadings_finds_by_site_device_and_slot()
    {
        foreach (Proto.ListReadingsRequest request in new Proto.ListReadingsRequest[]
        {
            new(), new() { Site = 1 }, new() { Device = Device.ToString() }, new() { Slot = Slot },
            new() { FromSlot = Slot, ToSlot = Slot + 1 },
        })
        {
            Proto.Reading reading = (await _client.ListReadingsAsync(request)).Readings.Single();
            Assert.That(reading.ExportedWh, Is.EqualTo(400));
            Assert.That(reading.Device, Is.EqualTo(Device.ToString()));
        }

        Assert.That((await _client.ListReadingsAsync(new() { Site = 1, FromSlot = Slot + 1 })).Readings, Is.Empty);
    }

    [Test]
    public async Task ListEvents_finds_by_name_account_site_and_slot()
    {
        async Task<IEnumerable<string>> NamesAsync(Proto.ListEventsRequest request) =>
            (await _client.ListEventsAsync(request)).Events.Select(row => row.Log.Name);

        Assert.That(await NamesAsync(new() { Account = Device.ToString() }), Is.EqualTo(new[] { "RecordAccepted" }));
        Assert.That(await NamesAsync(new() { Name = "SlotCleared" }), Is.EqualTo(new[] { "SlotCleared" }));
        Assert.That(await NamesAsync(new() { Slot = Slot + 1 }), Is.EqualTo(new[] { "OrderCancelled", "OrderPlaced" }));
        Assert.That((await NamesAsync(new() { Site = 1 })).Count(), Is.EqualTo(6));
        Assert.That(await NamesAsync(new() { FromHeight = 1, ToHeight = 1 }), Is.EqualTo(new[] { "TariffPublished" }));
    }

    [Test]
    public async Task ListEvents_finds_by_topic()
    {
        string topic = EnergyMarketContract.Artifact.Abi.Events.Single(row => row.Name == "TradeMade").Topic.ToString();
        Proto.ListEventsResponse found = await _client.ListEventsAsync(new() { Topic = topic });
        Assert.That(found.Events.Select(row => row.Log.Name), Is.EqualTo(new[] { "TradeMade", "TradeMade" }));
        Assert.That(
            (await _client.ListEventsAsync(new() { Topic = topic, Contract = Seller.ToString() })).Events, Is.Empty);
        Assert.That((await _client.ListEventsAsync(new() { Name = "Nonsense" })).Events, Is.Empty);
    }

    [Test]
    public void Names_of_the_chains_own_events_have_one_topic_each()
    {
        foreach (ContractArtifact artifact in new[]
        {
            EnergyMarketContract.Artifact, MeterRegistryContract.Artifact,
            GreenCertificateContract.Artifact, CouncilContract.Artifact,
        })
        {
            foreach (AbiEvent happening in artifact.Abi.Events)
            {
                Assert.That(EventFields.TopicsOf(happening.Name), Is.EqualTo(new[] { happening.Topic }));
            }
        }
    }

    [Test]
    public async Task GetEvent_finds_by_transaction_and_place()
    {
        Proto.Event listed = (await _client.ListEventsAsync(new() { Name = "SlotCleared" })).Events.Single();
        Proto.Event found = await _client.GetEventAsync(
            new() { TransactionId = listed.Log.TransactionId, LogIndex = listed.Log.LogIndex });
        Assert.That(found, Is.EqualTo(listed));
        Assert.That(found.Log.LogIndex, Is.EqualTo(1));
        Proto.GetEventRequest beyond = new() { TransactionId = listed.Log.TransactionId, LogIndex = 70_000 };
        Assert.That(
            await RpcStatus.CodeAsync(() => _client.GetEventAsync(beyond).ResponseAsync),
            Is.EqualTo(StatusCode.NotFound));
    }

    [Test]
    public async Task Lists_end_and_begin_at_a_time()
    {
        ulong time = (await _client.ListReadingsAsync(new())).Readings.Single().TimeMs;
        Assert.That((await _client.ListReadingsAsync(new() { FromTimeMs = time })).Readings, Has.Count.EqualTo(1));
        Assert.That((await _client.ListReadingsAsync(new() { FromTimeMs = time + 1 })).Readings, Is.Empty);
        Assert.That((await _client.ListReadingsAsync(new() { ToTimeMs = time })).Readings, Is.Empty);
        Proto.ListTransactionsResponse before = await _client.ListTransactionsAsync(new() { ToTimeMs = time });
        Assert.That(before.Transactions.Select(row => row.Height), Is.EqualTo(new ulong[] { 4, 3, 2, 1 }));
        Proto.ListTransactionsResponse since = await _client.ListTransactionsAsync(new() { FromTimeMs = time });
        Assert.That(since.Transactions.Select(row => row.Height), Is.EqualTo(new ulong[] { 7, 6, 5 }));
    }

    [Test]
    public async Task GetIndexStatus_tells_where_history_begins_and_how_far_it_is()
    {
        Proto.IndexStatus status = await _client.GetIndexStatusAsync(new());
        Assert.That(status.FirstHeight, Is.EqualTo(1));
        Assert.That(status.IndexedHeight, Is.EqualTo(status.HeadHeight));
        Assert.That(status.LagBlocks, Is.Zero);
        Assert.That(status.Rebuilding, Is.False);
    }

    [Test]
    public async Task ListTransactions_pages_newest_first_without_a_gap()
    {
        List<ulong> heights = [];
        Proto.ListTransactionsRequest request = new() { Account = TestKeys.Of(1).Address.ToString(), PageSize = 2 };
        do
        {
            Proto.ListTransactionsResponse page = await _client.ListTransactionsAsync(request);
            heights.AddRange(page.Transactions.Select(transaction => transaction.Height));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.That(heights, Is.EqualTo(new ulong[] { 7, 6, 5, 4, 3, 2, 1 }));
    }

    [Test]
    public async Task Bad_requests_are_InvalidArgument()
    {
        foreach (Func<Task> act in new Func<Task>[]
        {
            () => _client.ListTradesAsync(new() { Account = "nobody" }).ResponseAsync,
            () => _client.ListTradesAsync(new() { FromTimeMs = 5, ToTimeMs = 5 }).ResponseAsync,
            () => _client.ListReadingsAsync(new() { FromSlot = 5, ToSlot = 4 }).ResponseAsync,
            () => _client.ListOrdersAsync(new() { PageToken = "?" }).ResponseAsync,
            () => _client.ListEventsAsync(new() { Account = Buyer.ToString(), Site = 1 }).ResponseAsync,
            () => _client.ListEventsAsync(new() { Name = new string('x', 65) }).ResponseAsync,
        })
        {
            Status status = await RpcStatus.OfAsync(act);
            Assert.That(status.StatusCode, Is.EqualTo(StatusCode.InvalidArgument), status.Detail);
        }
    }

    [Test]
    public async Task History_that_begins_at_a_snapshot_has_trades_of_orders_that_it_never_saw()
    {
        string path = Path.Combine(_directory, "joined");
        await using ApiHost joined = await ApiHost.StartAsync(indexPath: path);
        Proto.HistoryService.HistoryServiceClient client = new(joined.Channel);
        joined.Chain.FirstReceipts = new Height(2);
        Append(joined, TestEvents.Order(Slot, 1, 1, Seller, buy: false, 700));
        Append(
            joined,
            TestEvents.Trade(Slot, 0, 2, 1, Seller, Buyer, 500),
            TestEvents.Market("OrderClosed", Slot, 1UL, 1UL, 200UL, 20UL));
        Append(joined, TestEvents.Settled(Slot, 0, 500, 400), TestEvents.Settled(Slot - 1, 0, 500, 400));
        await IndexedAsync(client);

        Proto.Slot slot = await client.GetSlotAsync(new() { Slot = Slot });
        Assert.That(slot.Trades.Single().Settlement.DeliveredWh, Is.EqualTo(400));
        Assert.That((await client.ListOrdersAsync(new())).Orders, Is.Empty);
        Status early = await RpcStatus.OfAsync(() => client.GetSlotAsync(new() { Slot = Slot - 1 }).ResponseAsync);
        Assert.That(early.StatusCode, Is.EqualTo(StatusCode.NotFound));
        Assert.That(early.Detail, Does.Contain("since block 2"));
    }

    private Task IndexedAsync() => IndexedAsync(_client);

    private static async Task IndexedAsync(Proto.HistoryService.HistoryServiceClient client)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        Proto.IndexStatus status;
        do
        {
            status = await client.GetIndexStatusAsync(new(), cancellationToken: patience.Token);
        }
        while (status.IndexedHeight < status.HeadHeight);
    }

    private void Append(params LogEntry[] logs) => Append(_host, logs);

    private static void Append(ApiHost host, params LogEntry[] logs)
    {
        Transaction transaction = TestKeys.Transfer(1, 2, host.Chain.Head.Height.Value);
        host.Chain.Append((transaction, TestKeys.Done(transaction, logs)));
    }
}
