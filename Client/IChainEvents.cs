using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client;

/// <summary>
/// The events of a chain as its users follow them, live or from the index. Calls that get no answer throw
/// <see cref="NodeClientException"/>. Thread-safe.
/// </summary>
public interface IChainEvents
{
    /// <summary>Events of final blocks in order from a height (null: the next block) until cancelled.</summary>
    IAsyncEnumerable<EventInfo> StreamEventsAsync(Height? from, CancellationToken cancellationToken);

    /// <summary>Indexed events, newest first.</summary>
    Task<PageOf<EventInfo>> ListEventsAsync(EventQuery query, CancellationToken cancellationToken);

    /// <summary>What the node's index holds.</summary>
    Task<IndexInfo> GetIndexAsync(CancellationToken cancellationToken);
}
