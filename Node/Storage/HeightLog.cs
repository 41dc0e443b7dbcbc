using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// One record for each height, from the first one appended on, in append-only segment files. One thread appends;
/// reads and <see cref="Replace"/> may come from any other. Opening repairs what a crash leaves
/// (<see cref="HeightLogOpener"/>).
/// </summary>
public sealed class HeightLog : IDisposable
{
    private readonly Lock _write = new();
    private readonly Lock _replace = new();
    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly Hash32 _genesisHash;
    private readonly HeightLogOptions _options;
    private ImmutableArray<LogSegment> _segments;
    private bool _hasFailed;
    private bool _isClosing;

    private HeightLog(
        IDisk disk,
        string directory,
        Hash32 genesisHash,
        HeightLogOptions options,
        DamagedRecords damage,
        IEnumerable<LogSegment> segments)
    {
        Damage = damage;
        _disk = disk;
        _directory = directory;
        _genesisHash = genesisHash;
        _options = options;
        _segments = [.. segments];
    }

    /// <summary>The first height; 1 while the log is empty.</summary>
    public Height First => _segments.IsEmpty ? Height.Genesis.Next : new Height(_segments[0].FirstHeight);

    /// <summary>The last height; 0 while the log is empty.</summary>
    public Height Last => _segments.IsEmpty ? Height.Genesis : new Height(_segments[^1].NextHeight - 1);

    /// <summary>What is known to be damaged: by opening, and by reading since.</summary>
    internal DamagedRecords Damage { get; }

    /// <summary>Opens the log of a folder, made where it is absent. Throws <see cref="StorageException"/>.</summary>
    public static HeightLog Open(
        IDisk disk, string directory, Hash32 genesisHash, HeightLogOptions options, ILogger logger)
    {
        disk.CreateDirectory(directory);
        DamagedRecords damage = new(logger);
        HeightLogOpener opener = new(disk, directory, genesisHash, options, damage, logger);
        return new HeightLog(disk, directory, genesisHash, options, damage, opener.Open());
    }

    /// <summary>
    /// Appends the record of the next height; durable on return unless the log is rebuildable. Throws
    /// <see cref="IOException"/> where the disk fails, after which nothing more can be appended.
    /// </summary>
    /// <param name="height">The height after the last; any while the log is empty.</param>
    /// <param name="payload">The record.</param>
    /// <param name="isDurable">False where a <see cref="Sync"/> follows.</param>
    public void Append(Height height, ReadOnlyMemory<byte> payload, bool isDurable = true)
    {
        lock (_write)
        {
            ThrowIfFailed();
            Invariant.Check(_segments.IsEmpty || height == Last.Next);
            FailForGood(() =>
            {
                if (_segments.IsEmpty || _segments[^1].File.End >= _options.SegmentBytes)
                {
                    AddSegment(height.Value);
                }

                _segments[^1].Append(payload);
                if (isDurable && !_options.IsRebuildable)
                {
                    _segments[^1].File.Sync();
                }
            });
        }
    }

    /// <summary>
    /// Changes records that are stored, damaged ones too. Segment by segment: on return the new records are durable and
    /// the bytes of the old ones overwritten, as far as the file system writes in place; a crash on the way leaves the
    /// old or the new records of a segment, and the next opening destroys what is left of the old ones. Appending and
    /// reading go on meanwhile. Throws <see cref="IOException"/> where the disk fails: where it had no room for the
    /// copy of a segment that one is as it was, and the call can be repeated; later than that nothing more can be
    /// written.
    /// </summary>
    /// <param name="payloads">The new records by height, all of them stored heights.</param>
    public void Replace(IReadOnlyDictionary<ulong, byte[]> payloads)
    {
        lock (_replace)
        {
            ThrowIfClosing();
            Invariant.Check(payloads.Keys.All(height => height >= First.Value && height <= Last.Value));
            EndSegment(payloads.Keys);
            foreach (LogSegment segment in _segments)
            {
                ThrowIfClosing();
                if (payloads.Keys.Any(segment.Holds))
                {
                    Rewrite(segment, payloads);
                }
            }
        }
    }

    /// <summary>Makes everything appended durable.</summary>
    public void Sync()
    {
        ThrowIfFailed();
        if (!_segments.IsEmpty)
        {
            FailForGood(() => _segments[^1].File.Sync());
        }
    }

    /// <summary>
    /// Removes every record, so that the log may begin anew at another height; only of a rebuildable one.
    /// </summary>
    public void Clear()
    {
        Invariant.Check(_options.IsRebuildable);
        foreach (LogSegment segment in _segments)
        {
            segment.Dispose();
            _disk.Delete(segment.File.Path);
            _disk.Delete(LogSegment.IndexPathOf(segment.File.Path));
        }

        _segments = [];
        _disk.SyncDirectory(_directory);
    }

    /// <summary>The first height after <see cref="RemoveBefore"/> of a height: segments go whole.</summary>
    public Height FirstAfterRemoving(Height height)
    {
        ImmutableArray<LogSegment> segments = _segments;
        return segments.IsEmpty ? First : new Height(segments[Removable(segments, height)].FirstHeight);
    }

    /// <summary>Bytes of the segments that <see cref="RemoveBefore"/> of a height would remove.</summary>
    public long BytesBefore(Height height)
    {
        ImmutableArray<LogSegment> segments = _segments;
        return segments.IsEmpty ? 0 : segments.Take(Removable(segments, height)).Sum(static each => each.File.End);
    }

    /// <summary>
    /// Removes the segments whose records all lie before a height, the last one never, and gives their bytes. The
    /// oldest first, each durably before the next, so that a crash leaves no gap. Appending and reading go on
    /// meanwhile. Throws <see cref="IOException"/> where the disk fails; the call can be repeated.
    /// </summary>
    public long RemoveBefore(Height height)
    {
        long bytes = 0;
        lock (_replace)
        {
            for (int count = Removable(_segments, height); count > 0; count--)
            {
                LogSegment gone = _segments[0];

                // The index first: it can be made anew, and nobody looks for one whose segment is gone.
                _disk.Delete(LogSegment.IndexPathOf(gone.File.Path));
                _disk.Delete(gone.File.Path);
                _disk.SyncDirectory(_directory);
                lock (_write)
                {
                    _segments = _segments.RemoveAt(0);
                }

                gone.Dispose();
                bytes += gone.File.End;
            }

            if (bytes > 0)
            {
                Damage.Remove(Damage.Heights.Where(each => each < First).Select(static each => each.Value));
            }
        }

        return bytes;
    }

    /// <summary>The record of a height; false where there is none or it is damaged, which is noted.</summary>
    public bool TryRead(Height height, out byte[] payload)
    {
        payload = [];
        if (Damage.Contains(height.Value))
        {
            return false;
        }

        ImmutableArray<LogSegment> seen;
        do
        {
            seen = _segments;
            if (TryFind(seen, height.Value, out LogSegment? segment) && TryReadIn(segment, height.Value, out payload))
            {
                return true;
            }
        }
        while (seen != _segments); // The segment may have been replaced and its bytes overwritten while we read.

        return false;
    }

    /// <summary>Closes the files, after the segment that a replacement is at: it is read to its end.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _isClosing, true);
        lock (_replace)
        {
            foreach (LogSegment segment in _segments)
            {
                segment.Dispose();
            }
        }
    }

    private static int Removable(ImmutableArray<LogSegment> segments, Height height)
    {
        int count = 0;
        while (count + 1 < segments.Length && segments[count + 1].FirstHeight <= height.Value)
        {
            count++;
        }

        return count;
    }

    private static bool TryFind(
        ImmutableArray<LogSegment> segments, ulong height, [NotNullWhen(true)] out LogSegment? segment)
    {
        segment = null;
        for (int i = segments.Length - 1; segment is null && i >= 0; i--)
        {
            segment = segments[i].Holds(height) ? segments[i] : null;
        }

        return segment is not null;
    }

    /// <summary>
    /// Reads a record of a segment, wherever its index has it. What the disk refuses to read is damaged as what it
    /// reads wrongly is, but for one thing: its index stays, since opening could not read the segment either.
    /// </summary>
    private bool TryReadIn(LogSegment segment, ulong height, out byte[] payload)
    {
        try
        {
            return segment.TryRead(height, out payload)
                || (!Damage.Contains(height) && TryMend(segment, height, out payload));
        }
        catch (IOException)
        {
            Damage.Add(height, segment.File.Path, FileHeader.Size);
            payload = [];
            return false;
        }
    }

    /// <summary>
    /// Looks where a record went that its segment cannot read: the index of a sealed segment may be what is damaged,
    /// and is made anew. Otherwise the record is noted as damaged; of a log that can be computed again the index goes,
    /// so that the next opening finds the damage and cuts the log there.
    /// </summary>
    private bool TryMend(LogSegment segment, ulong height, out byte[] payload)
    {
        payload = [];
        lock (_replace)
        {
            if (Volatile.Read(ref _isClosing) || !_segments.Contains(segment))
            {
                return false;
            }

            if (_options.IsRebuildable)
            {
                Damage.Add(height, segment.File.Path, FileHeader.Size);
                _disk.Delete(LogSegment.IndexPathOf(segment.File.Path));
                return false;
            }

            bool isSealed = segment.IsSealed;
            SegmentScan scan = segment.Scan();
            if (isSealed)
            {
                segment.Take(scan);
                TrySeal(segment);
            }

            // Appending goes on beside the scan, which may have come to a record before all of it was there.
            foreach ((ulong damaged, long offset) in scan.Damage.Where(each => !segment.TryRead(each.Height, out _)))
            {
                Damage.Add(damaged, segment.File.Path, offset);
            }

            return segment.TryRead(height, out payload);
        }
    }

    // A disk that is full takes no index: the offsets stay in memory then, and the next opening makes it.
    private void TrySeal(LogSegment segment)
    {
        try
        {
            segment.Seal(_disk);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Readers have what they need.
            Invariant.Check(!segment.IsSealed);
        }
    }

    private void Rewrite(LogSegment segment, IReadOnlyDictionary<ulong, byte[]> payloads)
    {
        ThrowIfFailed();
        SegmentRewrite rewrite = new(_disk, _directory, segment, _options.Kind, _genesisHash);
        rewrite.WriteBeside(payloads, RecordOf);
        FailForGood(() =>
        {
            LogSegment changed = rewrite.Swap();
            lock (_write)
            {
                _segments = _segments.Replace(segment, changed);
            }

            Damage.Remove(payloads.Keys.Where(segment.Holds));
            segment.Dispose();
            rewrite.DestroyOld();
        });

        // The index may be what is damaged, and what the disk does not read today it may read tomorrow: the old bytes
        // are destroyed, so only what was read to be damaged may be missing from the new ones.
        byte[]? RecordOf(ulong height)
        {
            try
            {
                if (segment.TryRead(height, out byte[] payload)
                    || (!Damage.Contains(height) && TryMend(segment, height, out payload)))
                {
                    return payload;
                }

                ThrowIfClosing();
                return null;
            }
            catch (IOException) when (!Volatile.Read(ref _isClosing))
            {
                Damage.Add(height, segment.File.Path, FileHeader.Size);
                throw;
            }
        }
    }

    private void ThrowIfClosing()
    {
        if (Volatile.Read(ref _isClosing))
        {
            throw new IOException($"{_directory} is being closed.");
        }
    }

    /// <summary>
    /// Does what must not be repeated when it fails: nobody knows then what is on the disk, and what is in memory may
    /// be ahead of it. The next opening reads what there is.
    /// </summary>
    private void FailForGood(Action work)
    {
        try
        {
            work();
        }
        catch
        {
            Volatile.Write(ref _hasFailed, true);
            throw;
        }
    }

    private void ThrowIfFailed()
    {
        if (Volatile.Read(ref _hasFailed))
        {
            throw new IOException($"{_directory} takes no more writes since one failed.");
        }
    }

    /// <summary>
    /// Begins a new segment where the growing one holds any of the heights: only sealed ones are rewritten.
    /// </summary>
    private void EndSegment(IEnumerable<ulong> heights)
    {
        lock (_write)
        {
            ThrowIfFailed();
            if (heights.Any(_segments[^1].Holds))
            {
                FailForGood(() => AddSegment(_segments[^1].NextHeight));
            }
        }
    }

    private void AddSegment(ulong firstHeight)
    {
        if (!_segments.IsEmpty)
        {
            _segments[^1].Seal(_disk);
        }

        LogSegment segment = LogSegment.Create(_disk, _directory, _options.Kind, _genesisHash, firstHeight);
        segment.File.Sync();
        _disk.SyncDirectory(_directory);
        _segments = _segments.Add(segment);
    }
}
