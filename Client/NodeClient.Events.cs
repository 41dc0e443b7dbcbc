using System.Runtime.CompilerServices;
using EnergyChain.Client.Model;
using EnergyChain.Client.Rpc;
using EnergyChain.Core.Primitives;
using Grpc.Core;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Client;

public sealed partial class NodeClient : IChainEvents
{
    public async IAsyncEnumerable<EventInfo> StreamEventsAsync(
        Height? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using AsyncServerStreamingCall<Proto.Log> call = _chain.StreamEvents(
            new() { FromHeight = from?.Value ?? 0 }, cancellationToken: cancellationToken);
        while (await MoveNextAsync(call, cancellationToken))
        {
            yield return HistoryReader.Event(call.ResponseStream.Current);
        }
    }

    public Task<PageOf<EventInfo>> ListEventsAsync(EventQuery query, CancellationToken cancellationToken) => ReadAsync(
        async call =>
        {
            Proto.ListEventsResponse page = await _history.ListEventsAsync(HistoryRequests.Events(query), call);
            return Page(page.Events, HistoryReader.Event, page.NextPageToken, page.Erased);
        },
        cancellationToken);

    public Task<IndexInfo> GetIndexAsync(CancellationToken cancellationToken) => ReadAsync(
        async call =>
        {
            Proto.IndexStatus index = await _history.GetIndexStatusAsync(new(), call);
            return new IndexInfo(
                new Height(index.FirstHeight), new Height(index.IndexedHeight), index.LagBlocks, index.Rebuilding);
        },
        cancellationToken);
}
