using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// The receipts of every block. Executing gives them again, so they are synced only before a checkpoint that makes
/// executing unnecessary. One writer; reads from any thread.
/// </summary>
public sealed class ReceiptLog : IDisposable
{
    private readonly HeightLog _log;
    private readonly BcsWriter _writer = new();

    private ReceiptLog(HeightLog log) => _log = log;

    /// <summary>The first stored height; 1 but on a node that joined by a snapshot.</summary>
    public Height First => _log.First;

    /// <summary>The last stored height; 0 while there is none.</summary>
    public Height Last => _log.Last;

    public static ReceiptLog Open(
        IDisk disk,
        string directory,
        Hash32 genesisHash,
        ILogger logger,
        long segmentBytes = HeightLogOptions.DefaultSegmentBytes,
        bool mayStartLater = false)
    {
        HeightLogOptions options = new(FileKind.Receipts, segmentBytes, IsRebuildable: true, mayStartLater);
        return new ReceiptLog(HeightLog.Open(disk, directory, genesisHash, options, logger));
    }

    /// <summary>
    /// Stores the receipts of the next height; those of a height that is stored already are passed over.
    /// </summary>
    public void Append(Height height, IReadOnlyList<Receipt> receipts)
    {
        if (height <= Last)
        {
            return;
        }

        _writer.Clear();
        _writer.WriteList(receipts);
        _log.Append(height, _writer.WrittenMemory);
    }

    /// <summary>Removes all, where they are not of the blocks that come next.</summary>
    public void Clear() => _log.Clear();

    public void Sync() => _log.Sync();

    public bool TryRead(Height height, [NotNullWhen(true)] out IReadOnlyList<Receipt>? receipts)
    {
        receipts = null;
        if (!_log.TryRead(height, out byte[] bytes))
        {
            return false;
        }

        BcsReader reader = new(bytes);
        receipts = Bcs.ReadList<Receipt>(ref reader, Core.Limits.MaxBlockTransactions);
        receipts = reader.Failed || reader.Remaining > 0 ? null : receipts;
        return receipts is not null;
    }

    /// <summary>The receipts of a height as they are stored, encoded.</summary>
    public bool TryReadBytes(Height height, out byte[] bytes) => _log.TryRead(height, out bytes);

    /// <inheritdoc cref="HeightLog.BytesBefore"/>
    public long BytesBefore(Height height) => _log.BytesBefore(height);

    /// <inheritdoc cref="HeightLog.RemoveBefore"/>
    public long RemoveBefore(Height height) => _log.RemoveBefore(height);

    public void Dispose() => _log.Dispose();
}
