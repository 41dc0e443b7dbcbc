using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// Writes the damaged header of a segment anew. All of it is known, its first height from the file's name, but for the
/// salt, and that follows from the frame of the first record, whose own checksum then proves it.
/// </summary>
internal static class HeaderRepair
{
    /// <summary>
    /// The file with its header in place; null, and nothing is changed, where the record is unsound too.
    /// </summary>
    public static RecordFile? TryMend(IDisk disk, string path, FileKind kind, Hash32 genesisHash, ILogger logger)
    {
        if (!ulong.TryParse(Path.GetFileNameWithoutExtension(path), out ulong firstHeight)
            || SaltOf(disk, path, firstHeight) is not { } salt)
        {
            return null;
        }

        using (IDiskFile file = disk.Open(path))
        {
            file.Write(0, new FileHeader(kind, genesisHash, firstHeight) { Salt = salt }.Encode());
            file.Sync();
        }

        StorageLog.HeaderMended(logger, path, firstHeight);
        return RecordFile.Open(disk, path, kind, genesisHash);
    }

    private static uint? SaltOf(IDisk disk, string path, ulong firstHeight)
    {
        using IDiskFile file = disk.Open(path);
        byte[] frameBytes = new byte[RecordFrame.Size];
        if (file.Read(FileHeader.Size, frameBytes) != frameBytes.Length)
        {
            return null;
        }

        uint mask = RecordFrame.MaskThatFits(frameBytes, out RecordFrame frame);
        if (frame.Length > file.Length - FileHeader.Size - RecordFrame.Size)
        {
            return null;
        }

        byte[] record = new byte[frame.Length];
        bool sound = file.Read(FileHeader.Size + RecordFrame.Size, record) == record.Length
            && Crc32C.Of(record) == frame.PayloadCrc
            && SegmentScan.TryHeightOf(record, out ulong height)
            && height == firstHeight;
        return sound ? RecordFrame.SaltOf(mask, FileHeader.Size) : null;
    }
}
