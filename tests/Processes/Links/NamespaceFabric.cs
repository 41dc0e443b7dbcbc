using System.Diagnostics;
using System.Globalization;

namespace EnergyChain.Processes.Links;

/// <summary>
/// Every node in a network namespace of its own, with a virtual wire to every other and one to us for its API. The
/// kernel's own TCP runs over them: a cut (wires down, or all packets lost one way) loses packets as a real one does,
/// delays and limits are netem's. Needs root. Addresses are of 198.18.0.0/15, kept for tests by RFC 2544.
/// </summary>
public sealed class NamespaceFabric : IFabric
{
    private const int PeerPort = 30_300;
    private const int ApiPort = 30_301;
    private const string Loss = "100%";

    private static int _made;

    private readonly string _prefix = NewPrefix();
    private readonly List<string> _nodes;
    private readonly bool _canDelay;
    private readonly int _network;
    private readonly Dictionary<(string From, string To), LinkQuality> _qualities = [];

    private NamespaceFabric(IEnumerable<string> nodes, bool canDelay)
    {
        _nodes = [.. nodes];
        _canDelay = canDelay;
        _network = Environment.ProcessId % 64 * 4;
    }

    public string Name => _canDelay ? "network namespaces with netem" : "network namespaces";

    public bool CanDelay => _canDelay;

    /// <summary>Makes namespaces and wires; see <see cref="NamespaceProbe"/> for whether it can.</summary>
    public static async Task<NamespaceFabric> CreateAsync(IEnumerable<string> nodes)
    {
        NamespaceFabric fabric = new(nodes, await NamespaceProbe.DelayMissingAsync() is null);
        try
        {
            await fabric.CreateAsync();
            return fabric;
        }
        catch (InvalidOperationException)
        {
            await fabric.DisposeAsync();
            throw;
        }
    }

    public NodePlace PlaceOf(string node) => new(
        $"0.0.0.0:{PeerPort}", $"0.0.0.0:{ApiPort}", new Uri($"http://{ApiAddress(IndexOf(node), 2)}:{ApiPort}"));

    public string RouteOf(string dialer, string listener) =>
        $"{WireAddress(IndexOf(listener), IndexOf(dialer))}:{PeerPort}";

    public async ValueTask SetAsync(string from, string to, LinkQuality quality)
    {
        if (!_canDelay && (quality.Latency > TimeSpan.Zero || quality.BytesPerSecond > 0))
        {
            throw new NotSupportedException("Delays and limits take netem, which this machine lacks.");
        }

        _qualities[(from, to)] = quality;
        bool bothCut = quality.IsCut && _qualities.GetValueOrDefault((to, from)).IsCut;
        if (quality.IsCut && !bothCut && !_canDelay)
        {
            // The wire goes down when the other direction is cut too; to lose packets one way takes netem.
            return;
        }

        await SetWireAsync(from, to, isUp: !bothCut);
        if (_canDelay)
        {
            await SetNetemAsync(from, to, quality);
        }
    }

    public ProcessStartInfo Wrap(string node, ProcessStartInfo start)
    {
        ProcessStartInfo wrapped = new("ip");
        string[] arguments = ["netns", "exec", NamespaceOf(IndexOf(node)), start.FileName, .. start.ArgumentList];
        foreach (string argument in arguments)
        {
            wrapped.ArgumentList.Add(argument);
        }

        return wrapped;
    }

    public async ValueTask DisposeAsync()
    {
        for (int index = 0; index < _nodes.Count; index++)
        {
            // Wires go with their namespaces.
            await ShellCommand.TryAsync("ip", "netns", "delete", NamespaceOf(index));
        }
    }

    /// <summary>Starts the names of all that this process makes; a device's name has at most 15 characters.</summary>
    internal static string NewPrefix()
    {
        char letter = (char)('a' + (Interlocked.Increment(ref _made) % 26));
        return string.Create(CultureInfo.InvariantCulture, $"ec{Environment.ProcessId}{letter}");
    }

    private async Task CreateAsync()
    {
        for (int index = 0; index < _nodes.Count; index++)
        {
            string name = NamespaceOf(index);
            await ShellCommand.RunAsync("ip", "netns", "add", name);
            await ShellCommand.RunAsync("ip", "-n", name, "link", "set", "lo", "up");
            await ShellCommand.RunAsync(
                "ip", "link", "add", $"{_prefix}{index}", "type", "veth", "peer", "name", "api", "netns", name);
            await ShellCommand.RunAsync(
                "ip", "address", "add", $"{ApiAddress(index, 1)}/30", "dev", $"{_prefix}{index}");
            await ShellCommand.RunAsync("ip", "link", "set", $"{_prefix}{index}", "up");
            await UpAsync(name, "api", ApiAddress(index, 2));
        }

        for (int left = 0; left < _nodes.Count; left++)
        {
            for (int right = left + 1; right < _nodes.Count; right++)
            {
                await ShellCommand.RunAsync(
                    "ip", "-n", NamespaceOf(left), "link", "add", WireOf(right), "type", "veth",
                    "peer", "name", WireOf(left), "netns", NamespaceOf(right));
                await UpAsync(NamespaceOf(left), WireOf(right), WireAddress(left, right));
                await UpAsync(NamespaceOf(right), WireOf(left), WireAddress(right, left));
            }
        }
    }

    private static async Task UpAsync(string name, string device, string address)
    {
        await ShellCommand.RunAsync("ip", "-n", name, "address", "add", $"{address}/30", "dev", device);
        await ShellCommand.RunAsync("ip", "-n", name, "link", "set", device, "up");
    }

    private Task SetWireAsync(string from, string to, bool isUp) => ShellCommand.RunAsync(
        "ip", "-n", NamespaceOf(IndexOf(from)), "link", "set", WireOf(IndexOf(to)), isUp ? "up" : "down");

    private Task SetNetemAsync(string from, string to, LinkQuality quality)
    {
        List<string> command =
        [
            "netns", "exec", NamespaceOf(IndexOf(from)), "tc", "qdisc", "replace", "dev", WireOf(IndexOf(to)), "root",
            "netem", "limit", "100000", "delay",
            quality.Latency.TotalMicroseconds.ToString("F0", CultureInfo.InvariantCulture) + "us",
        ];
        if (quality.IsCut)
        {
            command.AddRange(["loss", Loss]);
        }

        if (quality.BytesPerSecond > 0)
        {
            command.AddRange(["rate", $"{quality.BytesPerSecond * 8}bit"]);
        }

        return ShellCommand.RunAsync("ip", [.. command]);
    }

    private int IndexOf(string node) => _nodes.IndexOf(node);

    private string NamespaceOf(int index) => $"{_prefix}{index}";

    private static string WireOf(int other) => $"wire{other}";

    // 198.18 for the wires between nodes, a /30 each; 198.19 for those to the APIs.
    private string WireAddress(int node, int other)
    {
        (int low, int high) = node < other ? (node, other) : (other, node);
        int wire = (low * 16) + high;
        return $"198.18.{_network + (wire / 64)}.{(wire % 64 * 4) + (node == low ? 1 : 2)}";
    }

    private string ApiAddress(int node, int end) => $"198.19.{_network}.{(node * 4) + end}";
}
