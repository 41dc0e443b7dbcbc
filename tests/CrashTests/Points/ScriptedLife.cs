using EnergyChain.Simulation.Disk;

namespace EnergyChain.CrashTests.Points;

/// <summary>One life of the script: it ends after an operation on a file, once a height is there.</summary>
/// <param name="Until">The height.</param>
/// <param name="Kind">The operation.</param>
/// <param name="File">What its path contains.</param>
/// <param name="Loss">What the power cut leaves; null where the process alone ends.</param>
/// <param name="Erases">Whether memos of stored blocks are destroyed before it starts.</param>
internal sealed record ScriptedLife(
    ulong Until, DiskOperationKind Kind, string File, PowerLoss? Loss, bool Erases = false)
{
    /// <summary>Blocks within which the operation is sure to come.</summary>
    public const ulong SpareBlocks = 12;

    /// <summary>
    /// An empty folder; torn tails of block log and journal to be cut; a checkpoint, a snapshot, a merge of the lookup
    /// and a compaction that were under way; an orderly end.
    /// </summary>
    public static IReadOnlyList<ScriptedLife> All { get; } =
    [
        new(6, DiskOperationKind.Write, "/blocks/", PowerLoss.Prefix),
        new(9, DiskOperationKind.Write, "/votes.log", PowerLoss.Prefix),
        new(12, DiskOperationKind.Write, ".checkpoint.new", PowerLoss.Sectors, Erases: true),
        new(15, DiskOperationKind.Create, "/blocks/", PowerLoss.LengthAlone),
        new(18, DiskOperationKind.Write, ".snapshot", null),
        new(21, DiskOperationKind.Rename, "/votes.log.new", PowerLoss.Nothing),
        new(24, DiskOperationKind.Write, ".idx", PowerLoss.Sectors),
        new(28, DiskOperationKind.Rename, "/lookup/", PowerLoss.Everything, Erases: true),
        new(34, DiskOperationKind.SyncFolder, "/nowhere", null),
    ];

    public bool EndsAt(DiskOperation operation) =>
        operation.Kind == Kind && operation.Path.Contains(File, StringComparison.Ordinal);
}
