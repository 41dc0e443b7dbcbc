using System.Globalization;
using System.Net;

namespace EnergyChain.Node.Hosting;

/// <summary>Addresses as config files write them.</summary>
public static class EndpointText
{
    /// <summary>Reads <c>ip:port</c>, the port from 0 (any free one) to 65535.</summary>
    public static bool TryParseListen(string text, out IPEndPoint endpoint)
    {
        endpoint = new IPEndPoint(IPAddress.Loopback, 0);
        bool hasPort = text.LastIndexOf(':') > text.LastIndexOf(']');
        if (!hasPort || !IPEndPoint.TryParse(text, out IPEndPoint? parsed))
        {
            return false;
        }

        endpoint = parsed;
        return true;
    }

    /// <summary>Reads <c>host:port</c> where the host is a name or an address and the port is 1 to 65535.</summary>
    public static bool TryParseRemote(string text, out string host, out int port)
    {
        int colon = text.LastIndexOf(':');
        host = colon > 0 ? text[..colon].Trim('[', ']') : string.Empty;
        port = 0;
        return host.Length > 0
            && Uri.CheckHostName(host) != UriHostNameType.Unknown
            && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port is >= 1 and <= 65_535;
    }
}
