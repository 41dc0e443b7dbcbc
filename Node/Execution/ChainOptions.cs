using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Execution;

/// <summary>How a chain uses its disk.</summary>
public sealed class ChainOptions
{
    /// <summary>
    /// Blocks between two checkpoints of the world state; at most so many are executed again at start.
    /// </summary>
    public ulong CheckpointBlocks { get; init; } = 1_000;

    /// <summary>Bytes after which a segment of the block log is sealed.</summary>
    public long SegmentBytes { get; init; } = HeightLogOptions.DefaultSegmentBytes;

    /// <summary>Entries of the lookup index that stay in memory.</summary>
    public int LookupMemoryEntries { get; init; } = 65_536;

    /// <summary>
    /// Keys the hash tables whose keys others choose. No result depends on it; take it at random in production.
    /// </summary>
    public ulong HashSeed { get; init; }
}
