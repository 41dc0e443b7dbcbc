using System.Net;
using EnergyChain.Node.Network.Secure;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>An address of the book.</summary>
internal sealed class KnownAddress(string endpoint, string source)
{
    /// <summary>host:port.</summary>
    public string Endpoint { get; } = endpoint;

    /// <summary>The range of addresses, or the key, of who told of it.</summary>
    public string Source { get; } = source;

    /// <summary>The range that it lies in; of a name the whole name.</summary>
    public string Group { get; } = GroupOf(endpoint);

    /// <summary>Dials that failed since it last answered.</summary>
    public int Failures { get; set; }

    private static string GroupOf(string endpoint)
    {
        string host = endpoint[..endpoint.LastIndexOf(':')].Trim('[', ']');
        return IPAddress.TryParse(host, out IPAddress? address) ? AddressGroups.GroupOf(address).ToString() : host;
    }
}
