using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Processes.Links;
using EnergyChain.Processes.Manifests;

namespace EnergyChain.Processes.Nodes;

/// <summary>
/// A network of real node processes in a temporary folder. Disposal ends every process by its id and removes the
/// folder.
/// </summary>
public sealed class ProcessNetwork : IAsyncDisposable
{
    private const int LogLines = 25;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("energychain-network-");
    private readonly Pulse _pulse = new();
    private readonly List<LabNode> _nodes = [];
    private readonly TimeProvider _time = TimeProvider.System;
    private volatile TransferLoad? _load;

    /// <param name="manifest">Which nodes there are; nothing is started yet.</param>
    /// <param name="fabric">The wires; the caller disposes of them after the network.</param>
    public ProcessNetwork(Manifest manifest, IFabric fabric)
    {
        Manifest = manifest;
        Fabric = fabric;
        NetworkFiles files = new(_folder.FullName, manifest, fabric);
        files.Write();
        Genesis = files.Genesis;
        foreach (NodePlan plan in manifest.Nodes)
        {
            _nodes.Add(new LabNode(plan, files.KeyOf(plan), files.FolderOf(plan), fabric, OnBlock, _time));
        }
    }

    /// <summary>How long any one condition is waited for: enough for a machine busy with other work.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(3);

    public Manifest Manifest { get; }

    public Genesis Genesis { get; }

    public IFabric Fabric { get; }

    public IReadOnlyList<LabNode> Nodes => _nodes;

    /// <summary>The greatest height that any node has told of.</summary>
    public ulong Height => _nodes.Max(node => node.Watch.Height);

    public LabNode this[string name] => _nodes.First(node => node.Name == name);

    /// <summary>Starts the nodes that are there from the beginning and waits for the first blocks.</summary>
    public async Task StartAsync()
    {
        LabNode[] first = [.. _nodes.Where(node => node.Plan.JoinsAt == 0)];
        foreach (LabNode node in first)
        {
            node.Start();
        }

        await ReachAsync(first, 2);
    }

    /// <summary>Starts transfers through all nodes.</summary>
    public async Task<TransferLoad> StartLoadAsync() =>
        _load = await TransferLoad.StartAsync(_nodes, Manifest.Senders, CancellationToken.None);

    /// <summary>Waits until some nodes have come to a height.</summary>
    public Task ReachAsync(IReadOnlyCollection<LabNode> nodes, ulong height) => UntilAsync(
        $"{string.Join(' ', nodes.Select(node => node.Name))} at height {height}",
        () => nodes.All(node => node.Watch.Height >= height));

    /// <summary>Waits for a condition; throws <see cref="TimeoutException"/> with what the nodes said last.</summary>
    public async Task UntilAsync(string what, Func<bool> holds)
    {
        try
        {
            await _pulse.UntilAsync(what, Patience, () => holds() || _nodes.Exists(node => node.HasFallen));
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}{Environment.NewLine}{Describe()}");
        }

        if (_nodes.Find(node => node.HasFallen) is { } fallen)
        {
            throw new InvalidOperationException(
                $"{fallen.Name} ended by itself while waiting for {what}.{Environment.NewLine}{Describe()}");
        }
    }

    /// <summary>Waits until a node that can answer has no link left to some others.</summary>
    public Task UnlinkedAsync(LabNode observer, IReadOnlyCollection<LabNode> others) => Pulse.UntilAsync(
        $"{observer.Name} without a link to {string.Join(' ', others.Select(other => other.Name))}",
        Patience,
        async () =>
        {
            HashSet<string> linked = await LinkedKeysAsync(observer);
            return !others.Any(other => linked.Contains(other.Key.ToString()));
        });

    /// <summary>Heights and the last log lines of all nodes.</summary>
    public string Describe() => string.Join(Environment.NewLine, _nodes.SelectMany(node => node
        .LastLines(LogLines)
        .Prepend($"--- {node.Name} at {node.Watch.Height}{(node.IsUp ? "" : ", down")}")));

    public async ValueTask DisposeAsync()
    {
        foreach (LabNode node in _nodes)
        {
            await node.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static async Task<HashSet<string>> LinkedKeysAsync(LabNode node)
    {
        try
        {
            PageOf<PeerInfo> peers = await node.Client.ListPeersAsync("", CancellationToken.None);
            return [.. peers.Rows.Where(peer => peer.IsConnected).Select(peer => peer.NodeKey)];
        }
        catch (NodeClientException)
        {
            return [];
        }
    }

    private void OnBlock(SeenBlock seen)
    {
        _load?.OnBlock(seen);
        _pulse.Beat();
    }
}
