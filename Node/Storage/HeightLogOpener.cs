using System.Globalization;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// Opens the segments of a height log after whatever happened to them: a torn tail is cut and logged; damage with
/// sound records behind it, and a missing segment, are reported with the height and change nothing, unless the log
/// can be rebuilt: then it ends there.
/// </summary>
internal sealed class HeightLogOpener(
    IDisk disk, string directory, Hash32 genesisHash, HeightLogOptions options, ILogger logger)
{
    private readonly List<LogSegment> _segments = [];

    private ulong NextHeight => _segments.Count == 0 ? 1 : _segments[^1].NextHeight;

    public IReadOnlyList<LogSegment> Open()
    {
        SegmentRewrite.Finish(disk, directory);
        string[] paths =
        [
            .. disk.Files(directory)
                .Where(static name => name.EndsWith(".log", StringComparison.Ordinal))
                .Select(name => Path.Combine(directory, name)),
        ];
        try
        {
            for (int i = 0; i < paths.Length; i++)
            {
                if (!TryOpenSegment(paths[i], isLast: i == paths.Length - 1))
                {
                    Drop(paths[i..]);
                    break;
                }
            }

            // What came after it was dropped: it grows again, and a growing segment has its offsets in memory.
            if (_segments.Count > 0 && _segments[^1].IsSealed)
            {
                TryScan(_segments[^1], isLast: true);
            }

            if (_segments.Count > 0 && !options.IsRebuildable)
            {
                _segments[^1].Refresh();
                disk.SyncDirectory(directory);
            }
        }
        catch
        {
            _segments.ForEach(static segment => segment.Dispose());
            throw;
        }

        return _segments;
    }

    /// <summary>False where the log ends before this segment and the files from it on have to go.</summary>
    private bool TryOpenSegment(string path, bool isLast)
    {
        RecordFile? file = RecordFile.Open(disk, path, options.Kind, genesisHash);
        if (file is null)
        {
            // A crash between making a segment and its first block leaves a header that never reached the disk.
            return isLast && !HoldsRecords(path)
                ? false
                : Refuse($"{path} has a damaged header, at height {Text(NextHeight)}");
        }

        LogSegment segment = LogSegment.Of(file);
        if (segment.FirstHeight != NextHeight && !(_segments.Count == 0 && options.MayStartLater))
        {
            file.Dispose();
            return Refuse(
                $"{directory} has no segment for height {Text(NextHeight)}: the next file starts at height "
                + Text(file.Header.Number));
        }

        _segments.Add(segment);
        if (!isLast && segment.TryOpenIndex(disk))
        {
            return true;
        }

        return TryScan(segment, isLast);
    }

    private bool TryScan(LogSegment segment, bool isLast)
    {
        long end = segment.Scan();
        if (end < segment.File.End)
        {
            bool isTorn = isLast && segment.File.FindSoundRecord(end) is null;
            string place = $"{segment.File.Path} is damaged at byte {Text((ulong)end)}, "
                + $"height {Text(segment.NextHeight)}";
            if (!isTorn && !options.IsRebuildable)
            {
                return Refuse(place + ", and sound records follow");
            }

            StorageLog.TailCut(logger, segment.File.Path, segment.File.End - end, segment.NextHeight);
            segment.File.Truncate(end);
            segment.File.Sync();
            return isLast;
        }

        if (!isLast)
        {
            segment.Seal(disk);
        }

        return true;
    }

    private bool HoldsRecords(string path)
    {
        using IDiskFile file = disk.Open(path);
        byte[] bytes = new byte[RecordFrame.Size];
        return file.Length > FileHeader.Size
            && file.Read(FileHeader.Size, bytes) == bytes.Length
            && RecordFrame.TryRead(bytes, out _);
    }

    private bool Refuse(string what)
    {
        if (!options.IsRebuildable)
        {
            throw new StorageException(
                $"{what}. Restore it from a copy, or move everything but votes.log out of the data directory and let "
                + "the node fetch the chain from its peers. A validator must keep votes.log: without it it may vote "
                + "twice.");
        }

        StorageLog.RebuildableCut(logger, what);
        return false;
    }

    private void Drop(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            if (_segments.Exists(segment => segment.File.Path == path))
            {
                continue;
            }

            disk.Delete(path);
            disk.Delete(LogSegment.IndexPathOf(path));
            StorageLog.FileDropped(logger, path);
        }

        disk.SyncDirectory(directory);
    }

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
