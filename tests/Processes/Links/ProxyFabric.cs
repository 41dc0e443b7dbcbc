using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace EnergyChain.Processes.Links;

/// <summary>
/// Nodes on loopback with a proxy of our own for each who dials whom. Delays, limits and cuts are the proxy's; TCP's
/// own repetition of lost packets is not in it: what a cut held back arrives at once after it is mended.
/// </summary>
public sealed class ProxyFabric : IFabric
{
    private readonly Dictionary<string, int> _ports = [];
    private readonly ConcurrentDictionary<(string From, string To), LinkDirection> _directions = [];
    private readonly ConcurrentDictionary<(string Dialer, string Listener), Lazy<LinkProxy>> _proxies = [];
    private readonly TimeProvider _time = TimeProvider.System;

    /// <param name="nodes">Names of all nodes.</param>
    public ProxyFabric(IEnumerable<string> nodes)
    {
        int port = Tests.TestPorts.Stretch();
        foreach (string node in nodes)
        {
            _ports[node] = port;
            port += 2;
        }
    }

    public string Name => "proxies on loopback";

    public bool CanDelay => true;

    public NodePlace PlaceOf(string node)
    {
        int port = _ports[node];
        return new NodePlace(
            $"{IPAddress.Loopback}:{port}",
            $"{IPAddress.Loopback}:{port + 1}",
            new Uri($"http://{IPAddress.Loopback}:{port + 1}"));
    }

    public string RouteOf(string dialer, string listener) => _proxies.GetOrAdd(
        (dialer, listener),
        route => new Lazy<LinkProxy>(() => new LinkProxy(
            IPEndPoint.Parse(PlaceOf(route.Listener).PeerListen),
            DirectionOf(route.Dialer, route.Listener),
            DirectionOf(route.Listener, route.Dialer),
            _time))).Value.Address;

    public ValueTask SetAsync(string from, string to, LinkQuality quality)
    {
        DirectionOf(from, to).Set(quality);
        return ValueTask.CompletedTask;
    }

    public ProcessStartInfo Wrap(string node, ProcessStartInfo start) => start;

    public async ValueTask DisposeAsync()
    {
        foreach (Lazy<LinkProxy> proxy in _proxies.Values)
        {
            await proxy.Value.DisposeAsync();
        }
    }

    private LinkDirection DirectionOf(string from, string to) =>
        _directions.GetOrAdd((from, to), _ => new LinkDirection(_time));
}
