using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Node.Api;
using Grpc.Core;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Tests.Api;

public sealed class LogsAndStreamsTests
{
    private ApiHost _host = null!;
    private Proto.ChainService.ChainServiceClient _client = null!;

    [SetUp]
    public async Task Start()
    {
        _host = await ApiHost.StartAsync();
        _client = new Proto.ChainService.ChainServiceClient(_host.Channel);
    }

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task GetLogs_pages_through_all_events_once_and_in_order()
    {
        for (ulong i = 0; i < 5; i++)
        {
            AppendOrders(slot: i, count: 3);
        }

        List<Proto.Log> all = [];
        Proto.GetLogsRequest request = new() { PageSize = 4 };
        do
        {
            Proto.GetLogsResponse page = await _client.GetLogsAsync(request);
            Assert.That(page.Logs, Has.Count.LessThanOrEqualTo(4));
            all.AddRange(page.Logs);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.That(all.Select(log => (log.Height, log.LogIndex)), Is.EqualTo(
            Enumerable.Range(0, 15).Select(i => ((ulong)(i / 3) + 1, (uint)(i % 3)))));
        Assert.That(all.Select(log => log.Name), Is.All.EqualTo("OrderPlaced"));
    }

    [Test]
    public async Task GetLogs_filters_by_contract_topic_and_range()
    {
        Transaction transaction = TestKeys.Transfer(1, 2, 0);
        LogEntry order = TestEvents.Order(9, 1, 1, TestKeys.Of(1).Address, buy: true, 100);
        LogEntry record = TestEvents.Record(9, TestKeys.Of(8).Address, 1, 500);
        _host.Chain.Append((transaction, TestKeys.Done(transaction, order, record)));
        _host.Chain.Append();

        Proto.LogFilter byContract = new() { Addresses = { MeterRegistryContract.Address.ToString() } };
        Proto.LogFilter byTopic = new() { EventTopics = { order.Topics[0].ToString() } };
        Proto.LogFilter byAccount = new() { Account = TestKeys.Of(8).Address.ToString() };
        Assert.That(await NamesAsync(byContract), Is.EqualTo(new[] { "RecordAccepted" }));
        Assert.That(await NamesAsync(byTopic), Is.EqualTo(new[] { "OrderPlaced" }));
        Assert.That(await NamesAsync(byAccount), Is.EqualTo(new[] { "RecordAccepted" }));
        Assert.That((await _client.GetLogsAsync(new() { FromHeight = 2 })).Logs, Is.Empty);
    }

    [Test]
    public async Task GetLogs_with_bad_fields_is_InvalidArgument()
    {
        Proto.LogFilter many = new();
        many.Addresses.AddRange(Enumerable.Repeat(
            EnergyMarketContract.Address.ToString(), ApiLimits.MaxFilterEntries + 1));
        foreach (Proto.GetLogsRequest request in new Proto.GetLogsRequest[]
        {
            new() { PageToken = "nonsense!" },
            new() { PageToken = "AQAA" },
            new() { FromHeight = 5, ToHeight = 4 },
            new() { Filter = many },
            new() { Filter = new() { EventTopics = { "0x12" } } },
        })
        {
            StatusCode code = await RpcStatus.CodeAsync(() => _client.GetLogsAsync(request).ResponseAsync);
            Assert.That(code, Is.EqualTo(StatusCode.InvalidArgument), request.ToString());
        }
    }

    [Test]
    public async Task StreamBlocks_gives_old_and_new_blocks_without_gaps()
    {
        AppendOrders(1, 1);
        AppendOrders(2, 1);
        using AsyncServerStreamingCall<Proto.Block> stream = _client.StreamBlocks(new() { FromHeight = 1 });
        List<ulong> heights = [];
        while (heights.Count < 4 && await stream.ResponseStream.MoveNext(CancellationToken.None))
        {
            heights.Add(stream.ResponseStream.Current.Height);
            if (heights.Count == 2)
            {
                AppendOrders(3, 1);
                AppendOrders(4, 1);
            }
        }

        Assert.That(heights, Is.EqualTo(new ulong[] { 1, 2, 3, 4 }));
    }

    [Test]
    public async Task StreamBlocks_of_headers_alone_counts_transactions_and_leaves_out_their_ids()
    {
        AppendOrders(1, 2);
        using AsyncServerStreamingCall<Proto.Block> stream = _client.StreamBlocks(
            new() { FromHeight = 1, HeaderOnly = true });
        await stream.ResponseStream.MoveNext(CancellationToken.None);
        Proto.Block header = stream.ResponseStream.Current;
        Proto.Block whole = await _client.GetBlockAsync(new() { Height = 1 });

        Assert.That(header.TransactionIds, Is.Empty);
        Assert.That(header.TransactionCount, Is.EqualTo(whole.TransactionIds.Count));
        Assert.That(header.Hash, Is.EqualTo(whole.Hash));
    }

    [Test]
    public async Task StreamBlocks_of_headers_alone_with_bodies_is_InvalidArgument()
    {
        using AsyncServerStreamingCall<Proto.Block> stream = _client.StreamBlocks(
            new() { FromHeight = 1, HeaderOnly = true, IncludeRaw = true });
        StatusCode code = await RpcStatus.CodeAsync(() => stream.ResponseStream.MoveNext(CancellationToken.None));

        Assert.That(code, Is.EqualTo(StatusCode.InvalidArgument));
    }

    [Test]
    public async Task StreamEvents_gives_only_what_the_filter_lets_through()
    {
        Transaction transaction = TestKeys.Transfer(1, 2, 0);
        _host.Chain.Append((transaction, TestKeys.Done(
            transaction,
            TestEvents.Order(9, 1, 1, TestKeys.Of(1).Address, buy: true, 100),
            TestEvents.Record(9, TestKeys.Of(8).Address, 1, 500))));
        using AsyncServerStreamingCall<Proto.Log> stream = _client.StreamEvents(new()
        {
            FromHeight = 1,
            Filter = new() { Addresses = { MeterRegistryContract.Address.ToString() } },
        });

        Assert.That(await stream.ResponseStream.MoveNext(CancellationToken.None), Is.True);
        Assert.That(stream.ResponseStream.Current.Name, Is.EqualTo("RecordAccepted"));
    }

    [Test]
    public async Task Subscriptions_over_the_limit_are_ResourceExhausted()
    {
        List<IDisposable> taken = [];
        Subscriptions places = (Subscriptions)_host.Services.GetService(typeof(Subscriptions))!;
        for (int i = 0; i < ApiLimits.MaxSubscriptions; i++)
        {
            taken.Add(places.Enter());
        }

        using AsyncServerStreamingCall<Proto.Block> stream = _client.StreamBlocks(new());
        StatusCode code = await RpcStatus.CodeAsync(() => stream.ResponseStream.MoveNext(CancellationToken.None));
        Assert.That(code, Is.EqualTo(StatusCode.ResourceExhausted));

        taken.ForEach(place => place.Dispose());
        AppendOrders(1, 1);
        using AsyncServerStreamingCall<Proto.Block> again = _client.StreamBlocks(new() { FromHeight = 1 });
        Assert.That(await again.ResponseStream.MoveNext(CancellationToken.None), Is.True);
    }

    private async Task<IEnumerable<string>> NamesAsync(Proto.LogFilter filter) =>
        (await _client.GetLogsAsync(new() { Filter = filter })).Logs.Select(log => log.Name);

    private void AppendOrders(ulong slot, int count)
    {
        Transaction transaction = TestKeys.Transfer(1, 2, _host.Chain.Head.Height.Value);
        LogEntry[] logs = [.. Enumerable.Range(0, count).Select(i =>
            TestEvents.Order(slot, (ulong)i, 1, TestKeys.Of(1).Address, buy: true, 100))];
        _host.Chain.Append((transaction, TestKeys.Done(transaction, logs)));
    }
}
