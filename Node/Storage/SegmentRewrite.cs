using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// Writes a sealed segment anew with other records in it. The new file is made durable beside the old one; the old one
/// steps aside under a name of its own, the new one takes its place, and the old bytes are overwritten before their
/// name goes. Which names stand in the folder says how far it came, so the next opening can end what a crash cut short.
/// </summary>
internal sealed class SegmentRewrite(
    IDisk disk, string directory, LogSegment segment, FileKind kind, Hash32 genesisHash)
{
    private const string Extension = ".log";
    private const string NewExtension = ".log.new";
    private const string OldExtension = ".log.old";
    private const string IndexRemains = ".idx.new";

    private string Place => segment.File.Path;

    private string New => Path.ChangeExtension(Place, NewExtension);

    private string Old => Path.ChangeExtension(Place, OldExtension);

    /// <summary>
    /// Ends or undoes what a crash left in a folder: a new file that is not in place yet is dropped unless the old one
    /// stepped aside for it, and an old one is overwritten.
    /// </summary>
    public static void Finish(IDisk disk, string directory)
    {
        string[] names = [.. disk.Files(directory)];
        foreach (string old in Ending(names, OldExtension))
        {
            string path = Path.Combine(directory, old);
            string place = Path.ChangeExtension(Path.ChangeExtension(path, null), Extension);
            if (!disk.Exists(place))
            {
                string replacement = Path.ChangeExtension(place, NewExtension);
                disk.Rename(disk.Exists(replacement) ? replacement : path, place);
                disk.SyncDirectory(directory);
            }

            disk.Delete(LogSegment.IndexPathOf(place));
            disk.SyncDirectory(directory);
            DestroyIfThere(disk, path);
        }

        foreach (string beside in Ending(names, NewExtension))
        {
            DestroyIfThere(disk, Path.Combine(directory, beside));
        }

        foreach (string index in Ending(names, IndexRemains))
        {
            disk.Delete(Path.Combine(directory, index));
        }
    }

    /// <summary>
    /// Writes the new segment out durably. Where the disk fails, nothing has changed but for a file that
    /// <see cref="Finish"/> removes.
    /// </summary>
    /// <param name="payloads">The records that change.</param>
    /// <param name="recordOf">Any other record of the segment; null for a damaged one, which stays lost.</param>
    public void WriteBeside(IReadOnlyDictionary<ulong, byte[]> payloads, Func<ulong, byte[]?> recordOf)
    {
        using LogSegment beside = LogSegment.CreateAt(disk, New, segment.File.Header);
        try
        {
            for (ulong height = segment.FirstHeight; height < segment.NextHeight; height++)
            {
                beside.Append((payloads.TryGetValue(height, out byte[]? payload) ? payload : recordOf(height))
                    ?? LogSegment.Lost);
            }

            beside.File.Sync();
            disk.SyncDirectory(directory);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            GiveUp();
            throw;
        }
    }

    /// <summary>
    /// Puts the new segment in the old one's place and gives it. Where the disk fails, the files are for the next
    /// opening to sort out.
    /// </summary>
    public LogSegment Swap()
    {
        disk.Delete(LogSegment.IndexPathOf(Place));
        disk.Rename(Place, Old);
        disk.SyncDirectory(directory);
        disk.Rename(New, Place);
        disk.SyncDirectory(directory);
        RecordFile file = RecordFile.Open(disk, Place, kind, genesisHash)
            ?? throw new IOException($"{Place} cannot be read back.");
        LogSegment changed = LogSegment.Of(file);
        SegmentScan scan = new(file);
        scan.Run(spansDamage: false);
        changed.Take(scan);
        changed.Seal(disk);
        return changed;
    }

    /// <summary>Overwrites what stepped aside and lets go of its name.</summary>
    public void DestroyOld() => FileDestruction.Destroy(disk, Old);

    // The disk may be full: the copy must not keep the room, and a file system that never writes in place may have none
    // for the overwriting either.
    private void GiveUp()
    {
        try
        {
            FileDestruction.Destroy(disk, New);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            disk.Delete(New);
        }
    }

    private static IEnumerable<string> Ending(string[] names, string extension) =>
        names.Where(name => name.EndsWith(extension, StringComparison.Ordinal));

    private static void DestroyIfThere(IDisk disk, string path)
    {
        if (disk.Exists(path))
        {
            FileDestruction.Destroy(disk, path);
        }
    }
}
