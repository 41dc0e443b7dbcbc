using System.Diagnostics.CodeAnalysis;

namespace EnergyChain.Node.Network.Links;

/// <summary>
/// The live links, one for each peer. Where two nodes dial each other at once, the connection dialed by the node
/// with the lower key stays; both sides decide so without asking. Thread-safe.
/// </summary>
internal sealed class LinkTable(PeerIdentity identity, LinkAdmission admission, NetworkOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PeerId, PeerLink> _byId = [];
    private volatile PeerLink[] _all = [];

    /// <summary>A link is up and frames can be sent on it.</summary>
    public event Action<PeerLink>? LinkUp;

    /// <summary>A link has ended.</summary>
    public event Action<PeerLink>? LinkDown;

    public IReadOnlyList<PeerLink> All => _all;

    public bool TryGet(PeerId peer, [NotNullWhen(true)] out PeerLink? link)
    {
        lock (_lock)
        {
            return _byId.TryGetValue(peer, out link);
        }
    }

    /// <summary>Takes the link in, or says why not. An older link of the same peer may have to go for it.</summary>
    public DisconnectReason TryAdd(PeerLink link)
    {
        PeerLink? replaced = null;
        PeerLink? evicted = null;
        lock (_lock)
        {
            if (_byId.TryGetValue(link.Id, out replaced) && !Replaces(link, replaced))
            {
                return DisconnectReason.DuplicateLink;
            }

            if (replaced is null
                && admission.Decide(link, _byId.Values, out evicted) is not DisconnectReason.None and var refusal)
            {
                return refusal;
            }

            if (evicted is not null)
            {
                _byId.Remove(evicted.Id);
            }

            _byId[link.Id] = link;
            _all = [.. _byId.Values];
        }

        replaced?.Close(DisconnectReason.Superseded);
        evicted?.Close(DisconnectReason.Evicted);
        return DisconnectReason.None;
    }

    /// <summary>Tells everyone of a link that was added and is ready.</summary>
    public void Announce(PeerLink link) => LinkUp?.Invoke(link);

    /// <summary>Takes an ended link out; another link of the same peer stays.</summary>
    public void Remove(PeerLink link)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(link.Id, out PeerLink? current) && ReferenceEquals(current, link))
            {
                _byId.Remove(link.Id);
                _all = [.. _byId.Values];
            }
        }

        LinkDown?.Invoke(link);
    }

    private bool Replaces(PeerLink link, PeerLink existing)
    {
        bool ended = existing.Reason != DisconnectReason.None;
        bool stale = existing.SilentFor.TotalMilliseconds > options.StatusIntervalMs * 3.0;
        return ended || stale || (existing.Outgoing != link.Outgoing && IsPreferred(link));
    }

    private bool IsPreferred(PeerLink link) =>
        link.Outgoing == (identity.Key.PublicKey.CompareTo(link.Id.Key) < 0);
}
