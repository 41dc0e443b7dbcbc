using System.Runtime.CompilerServices;
using EnergyChain.Client.Model;
using EnergyChain.Client.Rpc;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Client;

/// <summary>A node over gRPC. Thread-safe; one connection, opened with the first call.</summary>
public sealed partial class NodeClient : INodeClient, IDisposable
{
    private const uint PageSize = 500;

    private readonly NodeClientOptions _options;
    private readonly GrpcChannel _channel;
    private readonly RetryingCalls _calls;
    private readonly Proto.NodeService.NodeServiceClient _node;
    private readonly Proto.ChainService.ChainServiceClient _chain;
    private readonly Proto.HistoryService.HistoryServiceClient _history;
    private readonly Proto.SiteService.SiteServiceClient _sites;
    private readonly Proto.ProofService.ProofServiceClient _proofs;

    public NodeClient(NodeClientOptions options, TimeProvider? time = null)
        : this(options, time ?? TimeProvider.System, HandlerOf(options))
    {
    }

    internal NodeClient(NodeClientOptions options, TimeProvider time, HttpMessageHandler handler)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxAttempts, 1);
        _options = options;
        _channel = GrpcChannel.ForAddress(options.Node, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = options.MaxAnswerBytes,
        });
        _calls = new RetryingCalls(options, time);
        _node = new Proto.NodeService.NodeServiceClient(_channel);
        _chain = new Proto.ChainService.ChainServiceClient(_channel);
        _history = new Proto.HistoryService.HistoryServiceClient(_channel);
        _sites = new Proto.SiteService.SiteServiceClient(_channel);
        _proofs = new Proto.ProofService.ProofServiceClient(_channel);
    }

    public Task<NodeStatusInfo> GetStatusAsync(CancellationToken cancellationToken) => ReadAsync(
        async call => AnswerReader.Status(await _node.GetStatusAsync(new(), call)), cancellationToken);

    public Task<PageOf<PeerInfo>> ListPeersAsync(string pageToken, CancellationToken cancellationToken) => ReadAsync(
        async call =>
        {
            Proto.ListPeersResponse page = await _node.ListPeersAsync(
                new() { PageSize = PageSize, PageToken = pageToken }, call);
            return Page(page.Peers, AnswerReader.Peer, page.NextPageToken);
        },
        cancellationToken);

    public Task<ChainInfo> GetChainAsync(CancellationToken cancellationToken) => ReadAsync(
        async call => AnswerReader.Chain(await _node.GetParametersAsync(new(), call)), cancellationToken);

    public Task<SubmitResult> SubmitAsync(Transaction transaction, CancellationToken cancellationToken)
    {
        ByteString bytes = ByteString.CopyFrom(Bcs.Encode(transaction));
        return _calls.RunAsync(
            async (call, isRepetition) =>
            {
                Proto.SubmitTransactionResponse answer;
                try
                {
                    answer = await _chain.SubmitTransactionAsync(new() { Transaction = bytes }, call);
                }
                catch (RpcException refused) when (refused.StatusCode == StatusCode.ResourceExhausted && !isRepetition)
                {
                    // Where it was offered before, nobody knows whether it was taken then: that is a failed call.
                    return new SubmitResult(transaction.Id, TransactionRefusal.Overloaded, refused.Status.Detail);
                }

                TransactionRefusal refusal = (TransactionRefusal)(int)answer.Refusal;

                // The attempt before had arrived and only its answer was lost.
                return isRepetition && refusal == TransactionRefusal.AlreadyKnown
                    ? new SubmitResult(transaction.Id, TransactionRefusal.None, "")
                    : new SubmitResult(transaction.Id, refusal, answer.Detail);
            },
            _options.CallTimeout,
            cancellationToken);
    }

    public Task<AccountInfo> GetAccountAsync(Address address, CancellationToken cancellationToken) => ReadAsync(
        async call => AnswerReader.Account(await _chain.GetAccountAsync(new() { Address = address.ToString() }, call)),
        cancellationToken);

    public Task<BlockInfo> GetBlockAsync(Height? height, CancellationToken cancellationToken) => ReadAsync(
        async call =>
        {
            Proto.GetBlockRequest request = height is { } at ? new() { Height = at.Value } : new() { Head = true };
            return AnswerReader.Block(await _chain.GetBlockAsync(request, call));
        },
        cancellationToken);

    public Task<BlockInfo> GetBlockAsync(Hash32 hash, CancellationToken cancellationToken) => ReadAsync(
        async call => AnswerReader.Block(await _chain.GetBlockAsync(new() { Hash = hash.ToString() }, call)),
        cancellationToken);

    public Task<TransactionInfo> GetTransactionAsync(Hash32 id, CancellationToken cancellationToken) => ReadAsync(
        async call => AnswerReader.Transaction(await _chain.GetTransactionAsync(new() { Id = id.ToString() }, call)),
        cancellationToken);

    public Task<TransactionInfo> WaitForTransactionAsync(
        Hash32 id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        uint waitMs = (uint)Math.Max(1, timeout.TotalMilliseconds);
        return _calls.ReadAsync(
            async (call, isAskedAgain) =>
            {
                // The wait is over by then: the node tells how it stands.
                Proto.WaitForTransactionRequest request = new()
                {
                    Id = id.ToString(),
                    TimeoutMs = isAskedAgain ? 1 : waitMs,
                };
                return AnswerReader.Transaction(await _chain.WaitForTransactionAsync(request, call));
            },
            timeout + _options.CallTimeout,
            cancellationToken);
    }

    public Task<CallResult> CallAsync(CallMessage message, CancellationToken cancellationToken) => ReadAsync(
        async call => AnswerReader.Call(await _chain.CallAsync(RequestOf(message), call)), cancellationToken);

    public Task<TraceInfo> TraceTransactionAsync(Hash32 id, CancellationToken cancellationToken) => _calls.RunAsync(
        async (call, _) => TraceReader.Trace(
            await _chain.TraceTransactionAsync(new() { Id = id.ToString() }, call)),
        _options.TraceTimeout,
        cancellationToken);

    public Task<TraceInfo> TraceCallAsync(CallMessage message, CancellationToken cancellationToken) => _calls.RunAsync(
        async (call, _) => TraceReader.Trace(await _chain.TraceCallAsync(RequestOf(message), call)),
        _options.TraceTimeout,
        cancellationToken);

    public Task<CodeInfo> GetCodeAsync(Address address, CancellationToken cancellationToken) => ReadAsync(
        async call => TraceReader.Code(await _chain.GetCodeAsync(new() { Address = address.ToString() }, call)),
        cancellationToken);

    public Task<PageOf<TransferInfo>> ListTransactionsAsync(
        HistoryQuery query, CancellationToken cancellationToken) => ReadAsync(
        async call =>
        {
            Proto.ListTransactionsResponse page = await _history.ListTransactionsAsync(
                HistoryRequests.Transactions(query), call);
            return Page(page.Transactions, HistoryReader.Transfer, page.NextPageToken, page.Erased);
        },
        cancellationToken);

    public Task<PageOf<OrderInfo>> ListOrdersAsync(
        HistoryQuery query, CancellationToken cancellationToken) => ReadAsync(
        async call =>
        {
            Proto.ListOrdersResponse page = await _history.ListOrdersAsync(HistoryRequests.Orders(query), call);
            return Page(page.Orders, HistoryReader.Order, page.NextPageToken, page.Erased);
        },
        cancellationToken);

    public Task<PageOf<TradeInfo>> ListTradesAsync(
        HistoryQuery query, CancellationToken cancellationToken) => ReadAsync(
        async call =>
        {
            Proto.ListTradesResponse page = await _history.ListTradesAsync(HistoryRequests.Trades(query), call);
            return Page(page.Trades, HistoryReader.Trade, page.NextPageToken, page.Erased);
        },
        cancellationToken);

    public Task<PageOf<ReadingInfo>> ListReadingsAsync(
        HistoryQuery query, CancellationToken cancellationToken) => ReadAsync(
        async call =>
        {
            Proto.ListReadingsResponse page = await _history.ListReadingsAsync(HistoryRequests.Readings(query), call);
            return Page(page.Readings, HistoryReader.Reading, page.NextPageToken, page.Erased);
        },
        cancellationToken);

    public Task<SlotInfo> GetSlotAsync(ulong slot, CancellationToken cancellationToken) => ReadAsync(
        async call => HistoryReader.Slot(await _history.GetSlotAsync(new() { Slot = slot }, call)), cancellationToken);

    public Task<PageOf<SiteInfo>> ListSitesAsync(string pageToken, CancellationToken cancellationToken) => ReadAsync(
        async call =>
        {
            Proto.ListSitesResponse page = await _sites.ListSitesAsync(
                new() { PageSize = PageSize, PageToken = pageToken }, call);
            return Page(page.Sites, HistoryReader.Site, page.NextPageToken);
        },
        cancellationToken);

    public Task<SiteInfo> GetSiteAsync(uint site, CancellationToken cancellationToken) => ReadAsync(
        async call => HistoryReader.Site(await _sites.GetSiteAsync(new() { Site = site }, call)), cancellationToken);

    public async IAsyncEnumerable<BlockInfo> StreamBlocksAsync(
        Height? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using AsyncServerStreamingCall<Proto.Block> call = _chain.StreamBlocks(
            new() { FromHeight = from?.Value ?? 0 }, cancellationToken: cancellationToken);
        while (await MoveNextAsync(call, cancellationToken))
        {
            yield return AnswerReader.Block(call.ResponseStream.Current);
        }
    }

    public void Dispose() => _channel.Dispose();

    private static SocketsHttpHandler HandlerOf(NodeClientOptions options) => new()
    {
        ConnectTimeout = options.ConnectTimeout,
        InitialHttp2StreamWindowSize = NodeClientOptions.StreamWindowBytes,
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
    };

    private static Proto.CallRequest RequestOf(CallMessage message) => new()
    {
        From = message.From.ToString(),
        To = message.To?.ToString() ?? "",
        Value = message.Value.ToString(),
        Data = ByteString.CopyFrom(message.Data.Span),
        GasLimit = message.GasLimit?.Value ?? 0,
    };

    private static PageOf<T> Page<TMessage, T>(
        IEnumerable<TMessage> rows,
        Func<TMessage, T> read,
        string next,
        IEnumerable<Proto.ErasedRecord>? erased = null) =>
        new([.. rows.Select(read)], next) { Erased = [.. (erased ?? []).Select(HistoryReader.Erased)] };

    private async Task<bool> MoveNextAsync<T>(AsyncServerStreamingCall<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call.ResponseStream.MoveNext(cancellationToken);
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw _calls.Translate(exception);
        }
    }

    private Task<T> ReadAsync<T>(Func<CallOptions, Task<T>> call, CancellationToken cancellationToken) =>
        _calls.ReadAsync((options, _) => call(options), _options.CallTimeout, cancellationToken);
}
