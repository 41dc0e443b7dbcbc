using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EnergyChain.Core;
using EnergyChain.Core.Crypto;

namespace EnergyChain.Node.Network;

/// <summary>Where a peer listens.</summary>
/// <param name="Host">A name or an IP address; an IPv6 address without its brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="ExpectedKey">The node key that must answer there; null for any.</param>
public sealed record PeerAddress(string Host, int Port, PublicKey? ExpectedKey = null)
{
    /// <summary>host:port.</summary>
    public string Endpoint => Host.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>Reads <c>host:port</c> or <c>0xNODEKEY@host:port</c>; an IPv6 host stands in brackets.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PeerAddress? address)
    {
        address = null;
        int at = text.IndexOf('@', StringComparison.Ordinal);
        PublicKey key = default;
        if (at >= 0 && !PublicKey.TryParse(text.AsSpan(0, at), out key))
        {
            return false;
        }

        string endpoint = text[(at + 1)..];
        bool sound = endpoint.Length <= Limits.MaxPeerAddressBytes
            && !endpoint.Contains('/', StringComparison.Ordinal)
            && Uri.TryCreate("http://" + endpoint, UriKind.Absolute, out Uri? uri)
            && uri.UserInfo.Length == 0
            && HasPort(endpoint, out int port)
            && (address = new PeerAddress(uri.DnsSafeHost, port, at >= 0 ? key : null)) is not null;
        return sound && address is not null;
    }

    public override string ToString() => Endpoint;

    // Uri hides a port that is the scheme's default, so it is read from the text.
    private static bool HasPort(string endpoint, out int port)
    {
        port = 0;
        int colon = endpoint.LastIndexOf(':');
        return colon > 0
            && int.TryParse(endpoint.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port is > 0 and <= 65_535;
    }
}
