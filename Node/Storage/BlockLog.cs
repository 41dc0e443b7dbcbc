using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// The final blocks, each with the certificate that made it final, from <see cref="First"/> on. A block is durable when
/// <see cref="Append"/> returns: one write and one fsync. One thread appends; reads and replacements from any.
/// </summary>
public sealed class BlockLog : IDisposable
{
    private readonly HeightLog _log;
    private readonly string _directory;

    // Of the one that appends. Blocks are large: a new buffer for each would be most of what the collector clears away.
    private readonly BcsWriter _writer = new();

    private BlockLog(HeightLog log, string directory)
    {
        _log = log;
        _directory = directory;
    }

    /// <summary>The first stored height; 1 but on a node that joined by a snapshot.</summary>
    public Height First => _log.First;

    /// <summary>The last stored height; 0 while there is none.</summary>
    public Height Last => _log.Last;

    /// <summary>
    /// Stored heights whose records are known to be damaged, ascending: they read as absent until they are replaced.
    /// </summary>
    public IReadOnlyList<Height> Damaged => _log.Damage.Heights;

    /// <summary>Opens the log of a folder; <see cref="StorageException"/> where it cannot be used.</summary>
    public static BlockLog Open(
        IDisk disk,
        string directory,
        Hash32 genesisHash,
        ILogger logger,
        long segmentBytes = HeightLogOptions.DefaultSegmentBytes)
    {
        HeightLogOptions options = new(FileKind.Blocks, segmentBytes, IsRebuildable: false, MayStartLater: true);
        return new BlockLog(HeightLog.Open(disk, directory, genesisHash, options, logger), directory);
    }

    /// <summary>Stores the next block. <see cref="IOException"/> where the disk fails: the node then stops.</summary>
    /// <param name="block">The block after the last one.</param>
    /// <param name="isDurable">False where a <see cref="Sync"/> follows before anything is said of the block.</param>
    public void Append(CommittedBlock block, bool isDurable = true)
    {
        _writer.Clear();
        block.Encode(_writer);
        _log.Append(block.Block.Height, _writer.WrittenMemory, isDurable);
    }

    /// <summary>
    /// Changes the records of stored heights, as <see cref="HeightLog.Replace"/> says: to mend a damaged one or to put
    /// a block without a memo in the place of one with it. Whether these are the chain's blocks is for the caller to
    /// know. <see cref="IOException"/> where the disk fails; the call can be repeated then.
    /// </summary>
    public void Replace(IReadOnlyList<CommittedBlock> blocks) =>
        _log.Replace(blocks.ToDictionary(static block => block.Block.Height.Value, static block => Bcs.Encode(block)));

    /// <summary>Makes everything appended durable.</summary>
    public void Sync() => _log.Sync();

    /// <summary>False where the height is not stored, or its record is damaged, which is logged.</summary>
    public bool TryRead(Height height, [NotNullWhen(true)] out CommittedBlock? block)
    {
        block = null;
        if (height > Last || height < First)
        {
            return false;
        }

        if (!_log.TryRead(height, out byte[] bytes))
        {
            return false;
        }

        if (Bcs.TryDecode(bytes, out block, out _) && block.Block.Height == height)
        {
            return true;
        }

        block = null;
        _log.Damage.Add(height.Value, _directory, 0);
        return false;
    }

    /// <summary>
    /// The canonical bytes of a block as they are stored; false where they are not, or the record is damaged.
    /// </summary>
    public bool TryReadBytes(Height height, out byte[] bytes)
    {
        bytes = [];
        return height >= First && height <= Last && _log.TryRead(height, out bytes);
    }

    /// <inheritdoc cref="HeightLog.FirstAfterRemoving"/>
    public Height FirstAfterRemoving(Height height) => _log.FirstAfterRemoving(height);

    /// <inheritdoc cref="HeightLog.BytesBefore"/>
    public long BytesBefore(Height height) => _log.BytesBefore(height);

    /// <inheritdoc cref="HeightLog.RemoveBefore"/>
    public long RemoveBefore(Height height) => _log.RemoveBefore(height);

    public void Dispose() => _log.Dispose();
}
