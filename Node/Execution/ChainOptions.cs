using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Execution;

/// <summary>How a chain uses its disk and memory.</summary>
public sealed class ChainOptions
{
    /// <summary>
    /// Blocks between two checkpoints of the world state; at most so many are executed again at start.
    /// </summary>
    public ulong CheckpointBlocks { get; init; } = 1_000;

    /// <summary>
    /// Writes a checkpoint beside the chain: on a thread of the pool, or where a simulator has it run. The next one is
    /// not begun before the task has ended, and closing the chain waits for it.
    /// </summary>
    internal Func<Action, Task> Background { get; init; } = Task.Run;

    /// <summary>Bytes after which a segment of the block log is sealed.</summary>
    public long SegmentBytes { get; init; } = HeightLogOptions.DefaultSegmentBytes;

    /// <summary>Entries of the lookup index that stay in memory.</summary>
    public int LookupMemoryEntries { get; init; } = 65_536;

    /// <summary>
    /// Recent blocks whose transactions can be traced: a day of blocks of a second. Fewer after a start, which begins
    /// anew at the checkpoint.
    /// </summary>
    public int HistoryBlocks { get; init; } = 86_400;

    /// <summary>Bytes that undoing these blocks may take; older blocks are let go of first.</summary>
    public long HistoryBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Whether snapshots of the checkpoints are kept for others to join by.</summary>
    public bool ServesSnapshots { get; init; }

    /// <summary>
    /// Keys the hash tables whose keys others choose. No result depends on it; take it at random in production.
    /// </summary>
    public ulong HashSeed { get; init; }
}
