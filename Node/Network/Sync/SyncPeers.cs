using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Sync;

/// <summary>The peers of the sync driver, and whom to ask. In the order of their keys, so that runs repeat.</summary>
internal sealed class SyncPeers(NetworkOptions options)
{
    private readonly SortedDictionary<PeerId, SyncPeer> _peers =
        new(Comparer<PeerId>.Create(static (left, right) => left.Key.CompareTo(right.Key)));

    public SyncPeer? Find(PeerId id) => _peers.GetValueOrDefault(id);

    public void Add(SyncPeer peer) => _peers.Add(peer.Id, peer);

    public void Remove(PeerId id) => _peers.Remove(id);

    /// <summary>The highest head of those who may be asked; genesis where there is none.</summary>
    public Height Target(long now) => Usable(now).Select(static peer => peer.Last).DefaultIfEmpty().Max();

    /// <summary>How many of those who may be asked are ahead of a height.</summary>
    public int CountAhead(Height head, long now) => Usable(now).Count(peer => peer.Last > head);

    /// <summary>
    /// Who will answer first for a height by what is known of it; null where nobody may be asked now. Slow ones are
    /// asked last, and those who have been asked for it already not at all.
    /// </summary>
    public SyncPeer? Best(ulong height, long now, IEnumerable<PeerId> except)
    {
        SyncPeer? best = null;
        foreach (SyncPeer peer in Usable(now))
        {
            int most = peer.IsSlow ? 1 : options.SyncRequestsPerPeer;
            if (peer.Serves(height) && peer.Open < most && !except.Contains(peer.Id)
                && (best is null || Cost(peer).CompareTo(Cost(best)) < 0))
            {
                best = peer;
            }
        }

        return best;
    }

    /// <summary>Time per block that answers take, over those who are not slow; 0 where nothing is known.</summary>
    public long TypicalTicksPerBlock(long now)
    {
        long[] known = [.. Usable(now).Where(static peer => peer.TicksPerBlock > 0 && !peer.IsSlow)
            .Select(static peer => peer.TicksPerBlock).Order()];
        return known.Length == 0 ? 0 : known[known.Length / 2];
    }

    /// <summary>When the next punishment ends; null for none.</summary>
    public long? NextPardon(long now) => _peers.Values
        .Where(peer => !peer.IsBarred && peer.PunishedUntil > now)
        .Select(static peer => (long?)peer.PunishedUntil)
        .Min();

    private static (bool IsSlow, long Wait, int Open) Cost(SyncPeer peer) =>
        (peer.IsSlow, (peer.Open + 1) * peer.TicksPerBlock, peer.Open);

    private IEnumerable<SyncPeer> Usable(long now) =>
        _peers.Values.Where(peer => !peer.IsBarred && peer.PunishedUntil <= now);
}
