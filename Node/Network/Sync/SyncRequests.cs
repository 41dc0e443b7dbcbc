using System.Collections.Concurrent;
using EnergyChain.Node.Network.Links;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// Which link each range request went out on, so that an answer that nobody asked for is thrown away before it is
/// decoded. Thread-safe.
/// </summary>
internal sealed class SyncRequests
{
    private readonly ConcurrentDictionary<ulong, PeerLink> _links = [];
    private ulong _last;

    public void Add(ulong id, PeerLink link)
    {
        _links[id] = link;
        Volatile.Write(ref _last, id);
    }

    /// <summary>Whether this link may answer this; once.</summary>
    public bool TryTake(PeerLink link, ulong id) =>
        _links.TryRemove(new KeyValuePair<ulong, PeerLink>(id, link));

    /// <summary>Whether the id was given to a request at all: if not, no late answer can carry it.</summary>
    public bool IsOld(ulong id) => id <= Volatile.Read(ref _last);

    public void Forget(PeerLink link)
    {
        foreach ((ulong id, PeerLink asked) in _links)
        {
            if (ReferenceEquals(asked, link))
            {
                _links.TryRemove(id, out _);
            }
        }
    }
}
