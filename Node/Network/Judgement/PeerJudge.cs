using System.Net;
using EnergyChain.Node.Network.Gossip;
using EnergyChain.Node.Network.Links;

namespace EnergyChain.Node.Network.Judgement;

/// <summary>Scores, and what they mean for a link.</summary>
internal sealed class PeerJudge(LinkTable links, MeshView mesh, PeerScores scores) : IPeerJudge
{
    public void Report(PeerId peer, PeerOffence offence)
    {
        links.TryGet(peer, out PeerLink? link);
        Report(peer, link, offence);
    }

    /// <summary>Reports a peer whose link may have left the table.</summary>
    public void Report(PeerLink link, PeerOffence offence) => Report(link.Id, link, offence);

    /// <summary>Follows the operator's orders and closes the links of whom they ban.</summary>
    public void Refresh()
    {
        foreach (string subject in scores.Refresh())
        {
            foreach (PeerLink link in links.All)
            {
                if (link.Id.Key.ToString() == subject
                    || (link.Host is { } host && host.ToString() == subject && !mesh.IsMember(link)))
                {
                    link.Close(DisconnectReason.Banned);
                }
            }
        }
    }

    private void Report(PeerId peer, PeerLink? link, PeerOffence offence)
    {
        switch (scores.Report(peer, SoleHostOf(link), offence))
        {
            case PeerVerdict.Banned:
                link?.Close(DisconnectReason.Banned);
                break;
            case PeerVerdict.Suspected when link is not null:
                link.IsSuspect = true;
                break;
            default:
                break;
        }
    }

    // A host that a member of the council is linked from is not judged: its ban would cut the member off.
    private IPAddress? SoleHostOf(PeerLink? link)
    {
        IPAddress? host = link is { Outgoing: false } ? link.Host : null;
        return host is not null && links.All.Any(other => host.Equals(other.Host) && mesh.IsMember(other))
            ? null
            : host;
    }
}
