using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Setup;

/// <summary>Writes keys, configs and genesis of a network of real machines, a folder a node.</summary>
public sealed class TestnetWriter(TestnetOptions options, TimeProvider time)
{
    private const int MaxNodes = 256;

    /// <summary>
    /// Writes the files and gives the folders. Throws <see cref="OperatorException"/>; overwrites nothing.
    /// </summary>
    public IReadOnlyList<string> Write()
    {
        Check();
        string root = Path.GetFullPath(options.Out);
        if (File.Exists(root) || (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any()))
        {
            throw OperatorException.ForOption("--out", options.Out, "a folder that does not exist or is empty");
        }

        SigningKey[] nodeKeys = [.. Enumerable.Range(0, options.NodeCount).Select(_ => KeyFile.Create())];
        using SigningKey operatorKey = KeyFile.Create();
        using SigningKey grid = KeyFile.Create();
        Directory.CreateDirectory(root);
        KeyFile.Write(Path.Combine(root, "operator.key"), operatorKey);
        KeyFile.Write(Path.Combine(root, "grid.key"), grid);
        byte[] genesis = GenesisFile.Write(CreateGenesis(nodeKeys, operatorKey, grid));
        File.WriteAllBytes(Path.Combine(root, "genesis.json"), genesis);

        List<string> folders = [];
        for (int i = 0; i < options.NodeCount; i++)
        {
            folders.Add(WriteNode(root, i, nodeKeys, genesis));
        }

        foreach (SigningKey key in nodeKeys)
        {
            key.Dispose();
        }

        return folders;
    }

    private void Check()
    {
        Require(
            options.Validators is >= 1 and <= CouncilLimits.MaxMembers,
            "--validators",
            options.Validators,
            $"1 to {CouncilLimits.MaxMembers}");
        Require(options.Relays is >= 0 and <= MaxNodes, "--relays", options.Relays, $"0 to {MaxNodes}");
        Require(options.ChainId != 0, "--chain-id", options.ChainId, "1 or more");
        Require(
            options.SlotSeconds is >= MarketTiming.LeastSlotSeconds and <= MarketTiming.MostSlotSeconds,
            "--slot-seconds",
            options.SlotSeconds,
            $"{MarketTiming.LeastSlotSeconds} to {MarketTiming.MostSlotSeconds}");
        int lastPort = options.BasePort + (2 * options.NodeCount);
        Require(
            options.BasePort >= 1 && lastPort <= 65_535,
            "--base-port",
            options.BasePort,
            $"1 to {65_535 - (2 * options.NodeCount)} for {options.NodeCount} nodes");
        bool fits = options.Hosts.Count is 0 or 1 || options.Hosts.Count == options.NodeCount;
        string hosts = string.Join(",", options.Hosts);
        Require(fits, "--hosts", hosts, $"one host, or one for each of the {options.NodeCount} nodes");
        Require(
            options.Hosts.All(host => Uri.CheckHostName(host) != UriHostNameType.Unknown),
            "--hosts",
            hosts,
            "host names or addresses separated by commas");
    }

    private Genesis CreateGenesis(SigningKey[] nodeKeys, SigningKey operatorKey, SigningKey grid) => new GenesisPlan
    {
        ChainId = options.ChainId,
        TimeMs = (ulong)time.GetUtcNow().ToUnixTimeMilliseconds(),
        Council = [.. nodeKeys.Take(options.Validators).Select(key => key.PublicKey)],
        Timing = MarketTiming.For(options.SlotSeconds),
        EnergySlotSeconds = options.SlotSeconds,
        Operator = operatorKey.Address,
        GridAccount = grid.Address,
        Funds = [(operatorKey.Address, 1_000_000 * GenesisPlan.Coin)],
    }.Build();

    private string WriteNode(string root, int index, SigningKey[] keys, byte[] genesis)
    {
        string folder = Path.Combine(root, NameOf(index));
        Directory.CreateDirectory(folder);
        KeyFile.Write(Path.Combine(folder, "node.key"), keys[index]);
        File.WriteAllBytes(Path.Combine(folder, "genesis.json"), genesis);
        bool isLocal = options.Hosts.Count == 0;
        string listen = isLocal ? "127.0.0.1" : "0.0.0.0";
        NodeOptions node = new()
        {
            Name = NameOf(index),
            Role = index < options.Validators ? NodeRole.Consensus : NodeRole.Relay,
            PeerListen = $"{listen}:{PeerPort(index)}",
            ApiListen = $"{listen}:{PeerPort(index) + 1}",
            Advertise = isLocal ? null : $"{HostOf(index)}:{PeerPort(index)}",
            Peers = [.. Enumerable.Range(0, options.Validators)
                .Where(other => other != index)
                .Select(other => $"{keys[other].PublicKey}@{HostOf(other)}:{PeerPort(other)}")],
            AllowedPeers = index < options.Validators
                ? [.. keys.Skip(options.Validators).Select(key => key.PublicKey.ToString())]
                : null,
        };
        File.WriteAllText(Path.Combine(folder, "node.json"), NodeOptionsFile.ToText(node));
        return folder;
    }

    private string NameOf(int index) => index < options.Validators
        ? $"validator-{index + 1}"
        : $"relay-{index - options.Validators + 1}";

    private string HostOf(int index) => options.Hosts.Count switch
    {
        0 => "127.0.0.1",
        1 => options.Hosts[0],
        _ => options.Hosts[index],
    };

    // Nodes on different hosts have the same ports; nodes that share a host do not.
    private int PeerPort(int index) =>
        options.BasePort + (2 * Enumerable.Range(0, index).Count(other => HostOf(other) == HostOf(index)));

    private static void Require(bool holds, string option, object? value, string allowed)
    {
        if (!holds)
        {
            throw OperatorException.ForOption(option, value, allowed);
        }
    }
}
