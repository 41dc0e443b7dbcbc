using System.Runtime.CompilerServices;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Links;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// Peers that did not answer a range request, for the time in which they are asked for no other. It is the link that
/// is punished: a peer that comes back gets another chance. For one thread at a time.
/// </summary>
internal sealed class PeerPenalties(
    NetworkOptions options, NetworkMetrics metrics, TimeProvider time, ILogger<PeerPenalties> logger)
{
    private readonly ConditionalWeakTable<PeerLink, object> _since = [];

    public void Punish(PeerLink peer, BlockRange range)
    {
        logger.RangeFailed(peer.Id, new Height(range.From));
        metrics.SyncFault();
        _since.AddOrUpdate(peer, time.GetTimestamp());
    }

    public bool IsPunished(PeerLink peer) =>
        _since.TryGetValue(peer, out object? since)
        && time.GetElapsedTime((long)since).TotalMilliseconds < options.SyncPenaltyMs;
}
