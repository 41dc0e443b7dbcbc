using System.Net;
using System.Net.Sockets;

namespace EnergyChain.Dashboard.Access;

/// <summary>Whom tries are counted for.</summary>
internal static class RemoteClient
{
    private const int PrefixBytes = 8;

    /// <summary>
    /// An IPv4 address, or the first 64 bits of an IPv6 address: a subscriber gets at least those (RFC 6177), and could
    /// try from as many addresses as it likes.
    /// </summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, PrefixBytes))
            : plain.ToString();
    }
}
