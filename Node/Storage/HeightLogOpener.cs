using System.Globalization;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// Opens the segments of a height log after whatever happened to them: a torn tail is cut and logged; records that are
/// damaged, with sound ones behind them, are noted; a missing segment, or one whose beginning is beyond repair, is
/// reported with the height and changes nothing. A log that can be rebuilt ends at the first damage.
/// </summary>
internal sealed class HeightLogOpener(
    IDisk disk,
    string directory,
    Hash32 genesisHash,
    HeightLogOptions options,
    DamagedRecords damage,
    ILogger logger)
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
                if (!TryOpenSegment(paths[i], i == paths.Length - 1 ? null : paths[i + 1]))
                {
                    Drop(paths[i..]);
                    break;
                }
            }

            EndBeforeDamagedTail();

            // What came after it was dropped: it grows again, and a growing segment has its offsets in memory.
            if (_segments.Count > 0 && _segments[^1].IsSealed)
            {
                TryScan(_segments[^1], next: null);
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

    /// <summary>
    /// Where the last record is damaged and the segment begun behind it is empty, the chain ends before that record as
    /// at any torn tail: nothing that is stored could prove what a peer gives in its place.
    /// </summary>
    private void EndBeforeDamagedTail()
    {
        while (!options.IsRebuildable && _segments is [.., LogSegment before, { Count: 0 } empty])
        {
            TryScan(before, empty.File.Path);
            if (!damage.Contains(empty.FirstHeight - 1))
            {
                return;
            }

            _segments.Remove(empty);
            empty.Dispose();
            Drop([empty.File.Path]);
            TryScan(before, next: null);
            damage.Remove(damage.Heights.Select(static each => each.Value).Where(each => each >= before.NextHeight));
        }
    }

    /// <summary>False where the log ends before this segment and the files from it on have to go.</summary>
    private bool TryOpenSegment(string path, string? next)
    {
        RecordFile? file = RecordFile.Open(disk, path, options.Kind, genesisHash);
        if (file is null)
        {
            // A crash between making a segment and its first block leaves a header that never reached the disk. It is
            // synced before the first record, so where any is behind it, it is damaged.
            if (next is null && IsShort(path))
            {
                return false;
            }

            file = options.IsRebuildable
                ? null
                : HeaderRepair.TryMend(disk, path, options.Kind, genesisHash, logger);
            if (file is null)
            {
                return Refuse($"{path} has a damaged header, at height {Text(NextHeight)}");
            }
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
        // Where the index has holes, the scan says where the damage is.
        return (next is not null && segment.TryOpenIndex(disk) && !segment.HasHoles()) || TryScan(segment, next);
    }

    private bool TryScan(LogSegment segment, string? next)
    {
        SegmentScan scan = new(segment.File);
        scan.Run(spansDamage: !options.IsRebuildable);
        if (next is null)
        {
            scan.CutLostTail();
        }
        else if (!options.IsRebuildable && TryHeightOf(next, out ulong following))
        {
            scan.FillUpTo(following);
        }

        segment.Take(scan);
        foreach ((ulong height, long offset) in scan.Damage)
        {
            damage.Add(height, segment.File.Path, offset);
        }

        if (next is null)
        {
            TryCut(segment, scan.End);
            return true;
        }

        if (options.IsRebuildable && TryCut(segment, scan.End))
        {
            return false;
        }

        segment.Seal(disk);
        return true;
    }

    /// <summary>Cuts what is behind the last sound record; false where that is nothing.</summary>
    private bool TryCut(LogSegment segment, long end)
    {
        long bytes = segment.File.End - end;
        if (bytes == 0)
        {
            return false;
        }

        StorageLog.TailCut(logger, segment.File.Path, bytes, segment.NextHeight);
        segment.File.Truncate(end);
        segment.File.Sync();
        return true;
    }

    private static bool TryHeightOf(string path, out ulong height) => ulong.TryParse(
        Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out height);

    private bool IsShort(string path)
    {
        using IDiskFile file = disk.Open(path);
        return file.Length <= FileHeader.Size;
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
