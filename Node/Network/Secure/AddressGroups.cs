using System.Net;
using System.Net.Sockets;

namespace EnergyChain.Node.Network.Secure;

/// <summary>
/// Whom an IP address stands for. One subscriber has a whole IPv6 /64 and one provider's range is cheap to get, so
/// limits count by host and by group, not by single address.
/// </summary>
internal static class AddressGroups
{
    /// <summary>One subscriber: the IPv4 address, the IPv6 /64.</summary>
    public static IPAddress HostOf(IPAddress address)
    {
        IPAddress plain = Plain(address);
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? Prefix(plain, 8) : plain;
    }

    /// <summary>What is likely in one hand: the IPv4 /16, the IPv6 /32.</summary>
    public static IPAddress GroupOf(IPAddress address)
    {
        IPAddress plain = Plain(address);
        return Prefix(plain, plain.AddressFamily == AddressFamily.InterNetworkV6 ? 4 : 2);
    }

    /// <summary>The address itself, and not an IPv4 address in an IPv6 form.</summary>
    public static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPAddress Prefix(IPAddress address, int keptBytes)
    {
        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(keptBytes).Clear();
        return new IPAddress(bytes);
    }
}
