using System.Diagnostics;
using EnergyChain.Benchmarks.Evm;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Processes.Links;
using Grpc.Core;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// A network of real node processes on loopback: a full mesh of validators, and relays with a link to each. They run
/// as an operator runs them, but for the level of the log. Disposal ends every process.
/// </summary>
internal sealed class LoadNetwork : IAsyncDisposable
{
    private const int LogLines = 15;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("energychain-load-");
    private readonly ProxyFabric _ports;
    private readonly bool _keepsFolder;

    private readonly SiteSetup? _site;

    /// <param name="options">How many nodes, and whether their folder stays.</param>
    /// <param name="genesis">The chain.</param>
    /// <param name="site">What the first relay's agent looks after; null for nothing.</param>
    public LoadNetwork(LoadOptions options, Genesis genesis, SiteSetup? site = null)
    {
        _site = site;
        _keepsFolder = options.KeepsFolder;
        Genesis = genesis;
        string[] validators = [.. Enumerable.Range(1, options.Validators).Select(number => $"validator-{number}")];
        string[] relays = [.. Enumerable.Range(1, options.Relays).Select(number => $"relay-{number}")];

        // It gives out the ports; nobody dials through its proxies.
        _ports = new ProxyFabric([.. validators, .. relays]);
        File.WriteAllBytes(GenesisPath, GenesisFile.Write(genesis));
        string[] relayKeys = [.. relays.Select((_, index) => KeyTextOf(DevelopmentKeys.Relay(index + 1)))];
        Nodes =
        [
            .. validators.Select((name, index) => Add(
                name, NodeRole.Consensus, DevelopmentKeys.Validator(index + 1), index + 1, validators, relayKeys)),
            .. relays.Select((name, index) => Add(
                name, NodeRole.Relay, DevelopmentKeys.Relay(index + 1), index + 1, validators, null)),
        ];
    }

    public Genesis Genesis { get; }

    /// <summary>Validators first.</summary>
    public IReadOnlyList<LoadNode> Nodes { get; }

    /// <summary>The nodes that are loaded: the relays where there are any, else the validators.</summary>
    public IReadOnlyList<LoadNode> Entries => Nodes.Any(node => node.Role == NodeRole.Relay)
        ? [.. Nodes.Where(node => node.Role == NodeRole.Relay)]
        : Nodes;

    public string Folder => _folder.FullName;

    private string GenesisPath => Path.Combine(_folder.FullName, "genesis.json");

    /// <summary>Starts all and waits until each has all its links and two blocks.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (LoadNode node in Nodes)
        {
            node.Start();
        }

        foreach (LoadNode node in Nodes)
        {
            uint links = (uint)(node.Role == NodeRole.Relay
                ? Nodes.Count(other => other.Role == NodeRole.Consensus)
                : Nodes.Count - 1);
            await UntilAsync(node, status => status.Height >= 2 && status.Peers >= links, cancellationToken);
            node.Follow();
        }
    }

    /// <summary>Waits until a node says of itself what is wanted.</summary>
    public async Task<Proto.NodeStatus> UntilAsync(
        LoadNode node, Func<Proto.NodeStatus, bool> holds, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        using PeriodicTimer look = new(LookEvery);
        while (Stopwatch.GetElapsedTime(started) < StartPatience && !node.HasFallen)
        {
            try
            {
                Proto.NodeStatus status = await node.GetStatusAsync(cancellationToken);
                if (holds(status))
                {
                    return status;
                }
            }
            catch (Exception failure) when (failure is RpcException or TimeoutException)
            {
                // It does not listen yet, or has no time to answer.
            }

            await look.WaitForNextTickAsync(cancellationToken);
        }

        throw new BenchmarkException(
            $"{node.Name} {(node.HasFallen ? "ended by itself" : "did not come so far in time")}:"
            + Environment.NewLine + node.LastLines(LogLines));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (LoadNode node in Nodes)
        {
            await node.DisposeAsync();
        }

        await _ports.DisposeAsync();
        if (!_keepsFolder)
        {
            _folder.Delete(recursive: true);
        }
    }

    private static string KeyTextOf(SigningKey key)
    {
        using (key)
        {
            return key.PublicKey.ToString();
        }
    }

    private LoadNode Add(string name, NodeRole role, SigningKey key, int number, string[] dials, string[]? allowed)
    {
        string folder = Path.Combine(_folder.FullName, name);
        NodePlace place = _ports.PlaceOf(name);
        using (key)
        {
            NodeFolder.Write(folder, key, new NodeOptions
            {
                Name = name,
                Role = role,
                Genesis = GenesisPath,
                PeerListen = place.PeerListen,
                ApiListen = place.ApiListen,
                Peers = [.. dials.Where(other => other != name).Select(other => _ports.PlaceOf(other).PeerListen)],
                AllowedPeers = allowed,
                Site = role == NodeRole.Relay && number == 1 ? _site?.Options : null,
                LogLevel = "Warning",
            });
        }

        if (role == NodeRole.Relay && number == 1 && _site is { } site)
        {
            KeyFile.Write(Path.Combine(folder, site.Options.AccountKey), site.Account);
            KeyFile.Write(Path.Combine(folder, site.Options.DeviceKey), site.Device);
        }

        return new LoadNode(name, role, folder, place.Api, TimeProvider.System);
    }
}
