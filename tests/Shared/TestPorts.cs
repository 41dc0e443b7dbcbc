using System.Net;
using System.Net.Sockets;

namespace EnergyChain.Tests;

/// <summary>
/// Stretches of free ports below those that systems give out themselves (from 32,768 on Linux, 49,152 elsewhere), so
/// that nobody else's connection takes one between the look and the use. The last port of a stretch is held by this
/// process to its end: that keeps other test processes off it.
/// </summary>
internal static class TestPorts
{
    private const int First = 20_000;
    private const int End = 32_000;
    private const int Length = 100;

    private static readonly Lock Taking = new();
    private static readonly List<TcpListener> Claims = [];
    private static int _next = First + (Environment.ProcessId % ((End - First) / Length) * Length);

    /// <summary>The first of 99 free ports, none of which this process has given out lately.</summary>
    public static int Stretch()
    {
        lock (Taking)
        {
            for (int tries = 0; tries < (End - First) / Length; tries++)
            {
                int first = _next;
                _next = _next + Length < End ? _next + Length : First;
                if (TryClaim(first + Length - 1) && Enumerable.Range(first, Length - 1).All(IsFree))
                {
                    return first;
                }
            }
        }

        throw new InvalidOperationException($"no {Length} free ports in a row from {First} to {End}");
    }

    private static bool TryClaim(int port)
    {
        TcpListener claim = new(IPAddress.Loopback, port);
        try
        {
            claim.Start();
            Claims.Add(claim);
            return true;
        }
        catch (SocketException)
        {
            claim.Dispose();
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
