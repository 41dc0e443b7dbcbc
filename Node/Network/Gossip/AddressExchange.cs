using System.Collections.Concurrent;
using EnergyChain.Core;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Secure;
using EnergyChain.Node.Network.Wire;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>
/// Relays tell each other where relays listen, when they link and now and then after. Validators neither tell nor are
/// told of: their addresses are their operators' business.
/// </summary>
internal sealed class AddressExchange(
    PeerIdentity identity, LinkTable links, AddressBook book, NetworkOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<PeerLink, long> _heard = [];
    private long _told = time.GetTimestamp();

    public void OnLinkUp(PeerLink link)
    {
        if (identity.Role != PeerRole.Relay || link.Role != PeerRole.Relay)
        {
            return;
        }

        Tell(link);
        if (link.Outgoing && PeerAddress.TryParse(link.Address, out PeerAddress? dialed))
        {
            book.Add(dialed, SourceOf(link));
            book.OnLinked(dialed.Endpoint);
        }
        else if (PeerAddress.TryParse(link.ListenAddress, out PeerAddress? told))
        {
            book.Add(told, SourceOf(link));
        }
    }

    public void OnLinkDown(PeerLink link) => _heard.TryRemove(link, out _);

    /// <summary>Tells every relay again where it is time.</summary>
    public void Tick()
    {
        if (identity.Role != PeerRole.Relay
            || time.GetElapsedTime(_told).TotalMilliseconds < options.AddressIntervalMs)
        {
            return;
        }

        _told = time.GetTimestamp();
        foreach (PeerLink link in links.All.Where(link => link.Role == PeerRole.Relay))
        {
            Tell(link);
        }
    }

    /// <summary>
    /// Takes a list in. More than two in an interval are not looked at: they would only be a way to fill the book.
    /// </summary>
    public DisconnectReason Receive(PeerLink link, AddressList list)
    {
        if (list.Addresses.Count > Limits.MaxAddressesPerList)
        {
            return DisconnectReason.BadFrame;
        }

        if (link.Role != PeerRole.Relay)
        {
            return DisconnectReason.UnexpectedFrame;
        }

        if (identity.Role != PeerRole.Relay)
        {
            // A validator that is not in the council says it is a relay, and is told what relays are told.
            return DisconnectReason.None;
        }

        List<PeerAddress> addresses = [];
        foreach (string text in list.Addresses)
        {
            if (!PeerAddress.TryParse(text, out PeerAddress? address))
            {
                return DisconnectReason.BadFrame;
            }

            addresses.Add(address);
        }

        if (IsDue(link))
        {
            string source = SourceOf(link);
            addresses.ForEach(address => book.Add(address with { ExpectedKey = null }, source));
        }

        return DisconnectReason.None;
    }

    // Many nodes of a local network share an address, and are told apart by their keys.
    private string SourceOf(PeerLink link) => link.Host is { } host && !options.IsExempt(host)
        ? AddressGroups.GroupOf(host).ToString()
        : link.Id.Key.ToString();

    private bool IsDue(PeerLink link)
    {
        long now = time.GetTimestamp();
        bool due = !_heard.TryGetValue(link, out long last)
            || time.GetElapsedTime(last, now).TotalMilliseconds * 2 >= options.AddressIntervalMs;
        if (due)
        {
            _heard[link] = now;
        }

        return due;
    }

    private void Tell(PeerLink link)
    {
        AddressList list = new();
        list.Addresses.AddRange(links.All
            .Where(other => other.Role == PeerRole.Relay && other.Id != link.Id && other.ListenAddress.Length > 0)
            .Select(other => other.ListenAddress)
            .Concat(book.Answered(Limits.MaxAddressesPerList))
            .Where(address => address != link.ListenAddress)
            .Distinct(StringComparer.Ordinal)
            .Take(Limits.MaxAddressesPerList));
        link.SendUrgent(new Frame { Addresses = list });
    }
}
