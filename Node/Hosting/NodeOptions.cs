using System.Text.Json.Serialization;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Sync;

namespace EnergyChain.Node.Hosting;

/// <summary>
/// One node's config file. Paths are relative to the file; addresses are <c>ip:port</c>. Chain parameters are not
/// here: they are in genesis.json, the same for every node.
/// </summary>
public sealed class NodeOptions
{
    /// <summary>Shown in logs and to peers.</summary>
    public string Name { get; init; } = "node";

    public NodeRole Role { get; init; } = NodeRole.Relay;

    /// <summary>Where blocks, votes, state and index lie; made when absent, locked while the node runs.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>The genesis file of the chain.</summary>
    public string Genesis { get; init; } = "genesis.json";

    /// <summary>File of the node's Ed25519 key; a validator votes with it.</summary>
    public string NodeKey { get; init; } = "node.key";

    /// <summary>
    /// Whether a validator whose chain has blocks may start with a new vote journal. False but for the one start after
    /// its journal was lost for good: what it voted is forgotten then.
    /// </summary>
    public bool NewVoteJournal { get; init; }

    /// <summary>Address for links between nodes.</summary>
    public string PeerListen { get; init; } = "127.0.0.1:30300";

    /// <summary>Address of the public gRPC API.</summary>
    public string ApiListen { get; init; } = "127.0.0.1:30301";

    /// <summary>Where other nodes can dial this one, host:port; null where they cannot.</summary>
    public string? Advertise { get; init; }

    /// <summary>Peers that the node keeps links to: <c>host:port</c>, or <c>0xNODEKEY@host:port</c>.</summary>
    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>
    /// Node keys that may dial this node beside the council, or <c>*</c> for anyone. Null: a validator lets in those
    /// that <see cref="Peers"/> names by key, a relay anyone.
    /// </summary>
    public IReadOnlyList<string>? AllowedPeers { get; init; }

    /// <summary>
    /// Whether the history index is kept (transactions by account, trades, readings); null: on a relay, not on a
    /// validator, whose disk and cores are for blocks.
    /// </summary>
    public bool? Index { get; init; }

    /// <summary><see cref="Index"/> as it holds for the role.</summary>
    [JsonIgnore]
    public bool KeepsIndex => Index ?? Role == NodeRole.Relay;

    /// <summary>Days, by the chain's time, that the history index keeps at least; 0 for all.</summary>
    public int IndexKeepDays { get; init; }

    /// <summary>
    /// Whether a node without a chain joins by a snapshot where its peers have one, in place of executing every block
    /// from the first on. Its blocks, receipts and history begin at the snapshot then.
    /// </summary>
    public bool SnapshotSync { get; set; }

    /// <summary>
    /// Blocks between two checkpoints of the world state: so many at most are executed again at start, and who joins
    /// by a snapshot joins at one. Each writes the whole state.
    /// </summary>
    public int CheckpointBlocks { get; init; } = 1_000;

    /// <summary>Whether the node keeps snapshots of its checkpoints for others to join by.</summary>
    public bool ServeSnapshots { get; init; } = true;

    /// <summary>
    /// A height whose block is known from a source that the operator trusts; 0 for none. A chain with another
    /// block there is refused, joined by a snapshot or followed block by block.
    /// </summary>
    public ulong TrustedHeight { get; init; }

    /// <summary>The hash of that block, 0x hex.</summary>
    public string? TrustedHash { get; init; }

    /// <summary>The two together.</summary>
    [JsonIgnore]
    public TrustedBlock TrustedBlock => Hash32.TryParse(TrustedHash ?? string.Empty, out Hash32 hash)
        ? new TrustedBlock(new Height(TrustedHeight), hash)
        : default;

    /// <summary>
    /// MiB for the way back to the states of recent blocks, which traces need: at 64 some 30 blocks of 4,000 orders,
    /// hours of a quiet chain, never more than a day.
    /// </summary>
    public int TraceMemoryMiB { get; init; } = 64;

    /// <summary>
    /// The node stops before its disk has fewer MiB left, and goes on when there is room again; 0 for no such guard.
    /// </summary>
    public int MinimumFreeMiB { get; init; } = 512;

    /// <summary>Least level of log lines: Trace, Debug, Information, Warning, Error, Critical or None.</summary>
    public string LogLevel { get; init; } = "Information";

    /// <summary>The site whose meters this node reads; null for none. Only a relay has one.</summary>
    public SiteOptions? Site { get; init; }

    /// <summary>The folder of the config file; what relative paths start from.</summary>
    [JsonIgnore]
    public string BaseDirectory { get; set; } = Directory.GetCurrentDirectory();

    /// <summary>A path of this config as an absolute one.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, BaseDirectory);
}
