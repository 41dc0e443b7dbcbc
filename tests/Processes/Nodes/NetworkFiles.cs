using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;
using EnergyChain.Processes.Links;
using EnergyChain.Processes.Manifests;

namespace EnergyChain.Processes.Nodes;

/// <summary>Writes the files of a network: one genesis, and a key and a config for every node.</summary>
internal sealed class NetworkFiles(string root, Manifest manifest, IFabric fabric)
{
    private const int SlotSeconds = 60;

    /// <summary>
    /// Blocks between checkpoints: so few that a network of a minute has snapshots to join by.
    /// </summary>
    public const int CheckpointBlocks = 5;

    private readonly Genesis _genesis = GenesisOf(manifest);

    /// <summary>The chain of the network.</summary>
    public Genesis Genesis => _genesis;

    private string GenesisPath => Path.Combine(root, "genesis.json");

    public string FolderOf(NodePlan node) => Path.Combine(root, node.Name);

    /// <summary>The public key of a node.</summary>
    public PublicKey KeyOf(NodePlan node)
    {
        using SigningKey key = SigningKeyOf(node);
        return key.PublicKey;
    }

    public void Write()
    {
        File.WriteAllBytes(GenesisPath, GenesisFile.Write(_genesis));
        foreach (NodePlan node in manifest.Nodes)
        {
            using SigningKey key = SigningKeyOf(node);
            NodeFolder.Write(FolderOf(node), key, OptionsOf(node));
        }
    }

    private static Genesis GenesisOf(Manifest manifest)
    {
        GenesisPlan plan = GenesisPlan.Development(manifest.Validators.Count(), MarketTiming.For(SlotSeconds));
        plan = plan with
        {
            Funds = [.. plan.Funds, .. Enumerable.Range(1, manifest.Senders).Select(number =>
            {
                using SigningKey sender = TransferLoad.KeyOf(number);
                return (sender.Address, GenesisPlan.Coin * 1_000);
            })],
        };
        return plan.Build();
    }

    private NodeOptions OptionsOf(NodePlan node)
    {
        NodePlace place = fabric.PlaceOf(node.Name);
        return new NodeOptions
        {
            Name = node.Name,
            Role = node.Role,
            Genesis = GenesisPath,
            PeerListen = place.PeerListen,
            ApiListen = place.ApiListen,
            Peers = [.. node.Peers.Select(peer => fabric.RouteOf(node.Name, peer))],
            AllowedPeers = node.Role == NodeRole.Relay ? null : RelayKeysOf(node),
            Index = node.HasIndex,
            CheckpointBlocks = CheckpointBlocks,
            SnapshotSync = node.BySnapshot,
        };
    }

    private string[] RelayKeysOf(NodePlan validator) =>
    [
        .. manifest.Nodes
            .Where(node => node.Role == NodeRole.Relay && node.Peers.Contains(validator.Name))
            .Select(relay => KeyOf(relay).ToString()),
    ];

    private SigningKey SigningKeyOf(NodePlan node)
    {
        int index = manifest.Nodes.Index().First(entry => entry.Item == node).Index;
        int validators = manifest.Validators.Count();
        return index < validators
            ? DevelopmentKeys.Validator(index + 1)
            : DevelopmentKeys.Relay(index - validators + 1);
    }
}
