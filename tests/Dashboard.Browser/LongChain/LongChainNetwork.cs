using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;

namespace EnergyChain.Dashboard.Browser;

/// <summary>
/// A grown chain that goes on: its only validator, the relay of its first site with the history index, and a dashboard
/// on that. The site's meters are nowhere, as what is measured is the past.
/// </summary>
internal sealed class LongChainNetwork : IAsyncDisposable
{
    private const ulong Behind = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly List<ProgramProcess> _processes = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("energychain-long-").FullName;
    private readonly int _ports = TestPorts.Stretch();

    private LongChainNetwork() => Node = Devnet.Client(new Uri($"http://127.0.0.1:{_ports + 3}"));

    public NodeClient Node { get; }

    public Uri Dashboard => new($"http://127.0.0.1:{_ports + 4}");

    /// <summary>Grows the chain, starts all on it and waits until the index has come to its end.</summary>
    public static async Task<LongChainNetwork> StartAsync(ulong blocks)
    {
        LongChainNetwork network = new();
        try
        {
            network.Grow(blocks);
            await network.RunAsync(blocks);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Node.Dispose();
        foreach (ProgramProcess process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string Folder(string name) => Path.Combine(_folder, name);

    private void Grow(ulong blocks)
    {
        using GrownChain chain = new(blocks, TimeProvider.System.GetUtcNow());
        string data = Folder("relay/data");
        chain.Write(Folder("genesis.json"), data);
        foreach (string file in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(Folder("validator/data"), Path.GetRelativePath(data, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        using SigningKey validator = DevelopmentKeys.Validator(1);
        NodeFolder.Write(Folder("validator"), validator, Options("validator", NodeRole.Consensus, 0));
        using SigningKey relay = DevelopmentKeys.Relay(1);
        NodeFolder.Write(Folder("relay"), relay, Options("relay", NodeRole.Relay, 2));
        using SigningKey account = DevelopmentKeys.SiteAccount(1);
        using SigningKey device = DevelopmentKeys.SiteDevice(1);
        KeyFile.Write(Folder("relay/account.key"), account);
        KeyFile.Write(Folder("relay/device.key"), device);
    }

    private NodeOptions Options(string name, NodeRole role, int port) => new()
    {
        Name = name,
        Role = role,
        Genesis = "../genesis.json",
        NewVoteJournal = role == NodeRole.Consensus,
        PeerListen = $"127.0.0.1:{_ports + port}",
        ApiListen = $"127.0.0.1:{_ports + port + 1}",
        Peers = role == NodeRole.Consensus ? [] : [$"127.0.0.1:{_ports}"],
        AllowedPeers = ["*"],
        LogLevel = "Warning",
        Site = role == NodeRole.Consensus
            ? null
            : new SiteOptions
            {
                Id = GrownChain.Seller,
                Name = "roof",
                CommunitySize = 2,
                Modbus = new ModbusOptions { Port = _ports + 50 },
            },
    };

    private async Task RunAsync(ulong blocks)
    {
        foreach (string name in (string[])["validator", "relay"])
        {
            string config = Path.Combine(Folder(name), NodeFolder.ConfigName);
            Start("Node", "energychain-node", "run", "--config", config, "--stop-with-input");
        }

        string users = Folder("dashboard");
        await using (ProgramProcess set = ProgramProcess.Start(
            "Dashboard", "energychain-dashboard", "set-password", "--user", Devnet.User, "--data-dir", users))
        {
            await set.AnswerAsync(Devnet.Password);
        }

        await Until.FoundAsync(
            async () => await IsReadyAsync(blocks) ? "" : null,
            "the end of the index on a chain that goes on",
            Patience);
        Start(
            "Dashboard", "energychain-dashboard", "--node", $"http://127.0.0.1:{_ports + 3}", "--listen",
            Dashboard.GetLeftPart(UriPartial.Authority), "--data-dir", users, "--time-zone", "UTC",
            "--stop-with-input");
        await _processes[^1].SaysAsync("Dashboard:");
    }

    private void Start(string project, string program, params string[] arguments) =>
        _processes.Add(ProgramProcess.Start(project, program, arguments));

    private async Task<bool> IsReadyAsync(ulong blocks)
    {
        if (_processes.Find(static process => process.HasEnded) is { } ended)
        {
            throw new InvalidOperationException("A node ended: " + string.Join('\n', ended.Lines.TakeLast(5)));
        }

        try
        {
            NodeStatusInfo status = await Node.GetStatusAsync(CancellationToken.None);
            PageOf<ReadingInfo> newest =
                await Node.ListReadingsAsync(new HistoryQuery { PageSize = 1 }, CancellationToken.None);
            return status.Height.Value > blocks && newest.Rows is [{ } row] && row.Height.Value + Behind > blocks;
        }
        catch (NodeClientException)
        {
            return false;
        }
    }
}
