using System.Net;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Judgement;
using EnergyChain.Node.Network.Secure;

namespace EnergyChain.Node.Network.Links;

/// <summary>
/// Who may link, and who goes when the node is full. Members of the council, named peers and links that this node
/// dialed always have a place, so strangers cannot surround it; strangers share the rest, each range of addresses a
/// part of it, and the worst scored makes room.
/// </summary>
internal sealed class LinkAdmission(IChain chain, PeerScores scores, NetworkOptions options)
{
    // A newcomer has no score yet: it takes the place only of one that has clearly earned its own.
    private const int WorseByPoints = 10;

    private const int LeastPerGroup = 2;

    /// <summary>Whether this node lets a peer link that dials it; the council is that of the head.</summary>
    public bool IsAllowed(PublicKey key) =>
        options.AllowedPeers is not { } allowed || allowed.Contains(key) || chain.Head.Council.IndexOf(key) >= 0;

    /// <summary>Decides on a newcomer that is not in the table.</summary>
    /// <param name="newcomer">The link that asks.</param>
    /// <param name="present">All links.</param>
    /// <param name="evicted">Who has to go for it; the caller closes it.</param>
    public DisconnectReason Decide(PeerLink newcomer, IReadOnlyCollection<PeerLink> present, out PeerLink? evicted)
    {
        evicted = null;
        if (!newcomer.Outgoing && !IsAllowed(newcomer.Id.Key))
        {
            return DisconnectReason.NotNamed;
        }

        if (IsProtected(newcomer))
        {
            return DisconnectReason.None;
        }

        PeerLink[] strangers = [.. present.Where(link => !IsProtected(link))];
        int reserved = Math.Min(options.TargetRelayLinks, options.MaxLinks / 4);
        PeerLink[] ofGroup = [.. strangers.Where(link => SameGroup(link, newcomer))];
        if (ofGroup.Length >= Math.Max(LeastPerGroup, options.MaxLinks / 4))
        {
            evicted = Worst(ofGroup, newcomer);
            return evicted is null ? DisconnectReason.TooManyPeers : DisconnectReason.None;
        }

        if (strangers.Length < options.MaxLinks - reserved)
        {
            return DisconnectReason.None;
        }

        evicted = Worst(strangers, newcomer) ?? YoungestOfCrowd(strangers, ofGroup.Length);
        return evicted is null ? DisconnectReason.TooManyPeers : DisconnectReason.None;
    }

    private bool IsProtected(PeerLink link) =>
        link.Outgoing
        || chain.Head.Council.IndexOf(link.Id.Key) >= 0
        || options.AllowedPeers?.Contains(link.Id.Key) == true;

    private PeerLink? Worst(IReadOnlyCollection<PeerLink> links, PeerLink newcomer)
    {
        PeerLink? worst = links.MaxBy(link => scores.Of(link.Id));
        return worst is not null && scores.Of(worst.Id) >= scores.Of(newcomer.Id) + WorseByPoints ? worst : null;
    }

    // The youngest of the range that holds most: who has long been a good peer stays.
    private PeerLink? YoungestOfCrowd(IReadOnlyCollection<PeerLink> links, int ofNewcomersGroup)
    {
        IGrouping<IPAddress, PeerLink>? crowd = links
            .Where(link => link.Host is { } host && !options.IsExempt(host))
            .GroupBy(link => AddressGroups.GroupOf(link.Host!))
            .MaxBy(group => group.Count());
        return crowd is not null && crowd.Count() >= ofNewcomersGroup + 2
            ? crowd.MaxBy(link => link.ConnectedSince)
            : null;
    }

    private bool SameGroup(PeerLink one, PeerLink other) =>
        one.Host is { } first
        && other.Host is { } second
        && !options.IsExempt(first)
        && AddressGroups.GroupOf(first).Equals(AddressGroups.GroupOf(second));
}
