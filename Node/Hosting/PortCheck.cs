using System.Net;
using System.Net.Sockets;

namespace EnergyChain.Node.Hosting;

/// <summary>Whether ports are free, asked before anything is started.</summary>
public static class PortCheck
{
    public static bool IsFree(IPEndPoint endpoint)
    {
        try
        {
            using Socket socket = new(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            bool reuse = !OperatingSystem.IsWindows();
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, reuse);
            socket.Bind(endpoint);
            socket.Listen(1);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Throws <see cref="OperatorException"/> naming the option where a port is taken.</summary>
    public static void Require(IPEndPoint endpoint, string option)
    {
        if (endpoint.Port != 0 && !IsFree(endpoint))
        {
            throw new OperatorException(
                $"{option}: port {endpoint.Port} of {endpoint.Address} is in use or not allowed; choose another or end "
                + "the program that has it.",
                ExitCode.InUse);
        }
    }
}
