using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Judgement;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Sync;

namespace EnergyChain.Node.Network;

/// <summary>The live links, as others see them.</summary>
internal sealed class PeerDirectory(LinkTable links, PeerScores scores, SyncProgress progress) : IPeerDirectory
{
    public IReadOnlyList<PeerSummary> Peers =>
        [.. links.All.Select(link => link.Summary with { Score = scores.Of(link.Id) })];

    public Height BestKnownHeight => links.All.Select(link => link.Height).DefaultIfEmpty().Max();

    public bool IsSyncing => progress.IsCatchingUp;
}
