using System.Collections.Immutable;
using EnergyChain.Core;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// One record for each height, from the first one appended on, in append-only segment files. One writer; reads from
/// any thread. Opening repairs what a crash leaves (<see cref="HeightLogOpener"/>).
/// </summary>
public sealed class HeightLog : IDisposable
{
    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly Hash32 _genesisHash;
    private readonly HeightLogOptions _options;
    private ImmutableArray<LogSegment> _segments;

    internal HeightLog(
        IDisk disk, string directory, Hash32 genesisHash, HeightLogOptions options, IEnumerable<LogSegment> segments)
    {
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

    /// <summary>Opens the log of a folder, made where it is absent. Throws <see cref="StorageException"/>.</summary>
    public static HeightLog Open(
        IDisk disk, string directory, Hash32 genesisHash, HeightLogOptions options, ILogger logger)
    {
        disk.CreateDirectory(directory);
        HeightLogOpener opener = new(disk, directory, genesisHash, options, logger);
        return new HeightLog(disk, directory, genesisHash, options, opener.Open());
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
        Invariant.Check(_segments.IsEmpty || height == Last.Next);
        if (_segments.IsEmpty || _segments[^1].File.End >= _options.SegmentBytes)
        {
            AddSegment(height.Value);
        }

        _segments[^1].Append(payload);
        if (isDurable && !_options.IsRebuildable)
        {
            Sync();
        }
    }

    /// <summary>Makes everything appended durable.</summary>
    public void Sync()
    {
        if (!_segments.IsEmpty)
        {
            _segments[^1].File.Sync();
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
            _disk.Delete(Path.ChangeExtension(segment.File.Path, ".idx"));
        }

        _segments = [];
        _disk.SyncDirectory(_directory);
    }

    /// <summary>The record of a height; false where there is none or it is damaged.</summary>
    public bool TryRead(Height height, out byte[] payload)
    {
        ImmutableArray<LogSegment> segments = _segments;
        for (int i = segments.Length - 1; i >= 0; i--)
        {
            if (height.Value >= segments[i].FirstHeight)
            {
                return segments[i].TryRead(height.Value, out payload);
            }
        }

        payload = [];
        return false;
    }

    public void Dispose()
    {
        foreach (LogSegment segment in _segments)
        {
            segment.Dispose();
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
