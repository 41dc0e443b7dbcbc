using System.Collections.Concurrent;
using EnergyChain.Core;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>
/// Relays tell each other where relays listen, once when they link. Validators neither tell nor are told of: their
/// addresses are their operators' business.
/// </summary>
internal sealed class AddressExchange(PeerIdentity identity, LinkTable links, AddressBook book)
{
    private readonly ConcurrentDictionary<PeerLink, bool> _heard = [];

    public void OnLinkUp(PeerLink link)
    {
        if (identity.Role != PeerRole.Relay || link.Role != PeerRole.Relay)
        {
            return;
        }

        AddressList list = new();
        list.Addresses.AddRange(links.All
            .Where(other => other.Role == PeerRole.Relay && other.Id != link.Id && other.ListenAddress.Length > 0)
            .Select(other => other.ListenAddress)
            .Distinct(StringComparer.Ordinal)
            .Take(Limits.MaxAddressesPerList));
        link.SendUrgent(new Frame { Addresses = list });
        if (PeerAddress.TryParse(link.ListenAddress, out PeerAddress? address))
        {
            book.Add(address);
        }
    }

    public void OnLinkDown(PeerLink link) => _heard.TryRemove(link, out _);

    /// <summary>One list for each link: more would only be a way to fill the book.</summary>
    public DisconnectReason Receive(PeerLink link, AddressList list)
    {
        if (list.Addresses.Count > Limits.MaxAddressesPerList)
        {
            return DisconnectReason.BadFrame;
        }

        if (identity.Role != PeerRole.Relay || link.Role != PeerRole.Relay || !_heard.TryAdd(link, true))
        {
            return DisconnectReason.UnexpectedFrame;
        }

        foreach (string text in list.Addresses)
        {
            if (!PeerAddress.TryParse(text, out PeerAddress? address))
            {
                return DisconnectReason.BadFrame;
            }

            book.Add(address with { ExpectedKey = null });
        }

        return DisconnectReason.None;
    }
}
