using System.Net;
using System.Net.Sockets;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Network;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>
/// Real nodes in this process: three of a council of four, whose fourth is the attacker, and a relay that anyone may
/// dial.
/// </summary>
internal sealed class FloodNetwork : IAsyncDisposable
{
    public const int AttackerMember = 4;
    public const int Accounts = 100;

    private const int Honest = 3;
    private const int RelayIndex = Honest;

    private readonly List<NodeHost> _hosts = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("energychain-flood").FullName;
    private readonly int[] _ports = FreePorts(2 * (Honest + 1));

    public Genesis Genesis { get; private set; } = null!;

    public NodeHost Relay => _hosts[RelayIndex];

    public IReadOnlyList<PeerAddress> Validators =>
        [.. Enumerable.Range(0, Honest).Select(index => new PeerAddress("127.0.0.1", _ports[2 * index]))];

    public PeerAddress RelayAddress => new("127.0.0.1", _ports[2 * RelayIndex]);

    /// <summary>An account of the attacker, with coin.</summary>
    public static SigningKey Account(int number) => DevelopmentKeys.SiteAccount(10_000 + number);

    public static async Task<FloodNetwork> StartAsync()
    {
        FloodNetwork network = new();
        GenesisPlan plan = GenesisPlan.Development(Honest + 1, MarketTiming.For(2));
        network.Genesis = (plan with
        {
            Funds =
            [
                .. plan.Funds,
                .. Enumerable.Range(0, Accounts).Select(number => (Account(number).Address, 1_000 * GenesisPlan.Coin)),
            ],
        }).Build();
        await File.WriteAllBytesAsync(
            Path.Combine(network._folder, "genesis.json"), GenesisFile.Write(network.Genesis));
        for (int index = 0; index <= Honest; index++)
        {
            network._hosts.Add(await NodeHost.StartAsync(network.OptionsOf(index), null, CancellationToken.None));
        }

        return network;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (NodeHost host in _hosts)
        {
            await host.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        Array.ForEach(listeners, listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }

    private NodeOptions OptionsOf(int index)
    {
        bool isRelay = index == RelayIndex;
        string folder = Path.Combine(_folder, index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        using SigningKey key = isRelay ? DevelopmentKeys.Relay(1) : DevelopmentKeys.Validator(index + 1);
        KeyFile.Write(Path.Combine(folder, "node.key"), key);
        using SigningKey relay = DevelopmentKeys.Relay(1);
        return new NodeOptions
        {
            Name = isRelay ? "relay" : $"validator-{index + 1}",
            Role = isRelay ? NodeRole.Relay : NodeRole.Consensus,
            Genesis = "../genesis.json",
            PeerListen = $"127.0.0.1:{_ports[2 * index]}",
            ApiListen = $"127.0.0.1:{_ports[(2 * index) + 1]}",
            Peers = [.. Validators.Where((_, other) => other != index).Select(address => address.Endpoint)],
            AllowedPeers = isRelay ? null : [relay.PublicKey.ToString()],
            Index = false,
            LogLevel = "None",
            BaseDirectory = folder,
        };
    }
}
