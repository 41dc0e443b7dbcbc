using System.Collections.Immutable;
using System.Globalization;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;

namespace EnergyChain.Node.Storage.Snapshots;

/// <summary>
/// The snapshots that a node serves: of its last two checkpoints, so that who is in the middle of one when the next
/// is made can finish. Serving reads files and touches neither state nor commits. One writer; reads from any thread.
/// </summary>
internal sealed class SnapshotStore : ISnapshotSource, IDisposable
{
    /// <summary>Snapshots that stay.</summary>
    public const int Kept = 2;

    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly Hash32 _genesisHash;
    private readonly ILogger _logger;
    private ImmutableArray<SnapshotFile> _files = [];

    private SnapshotStore(IDisk disk, string directory, Hash32 genesisHash, ILogger logger)
    {
        _disk = disk;
        _directory = directory;
        _genesisHash = genesisHash;
        _logger = logger;
    }

    public IReadOnlyList<Height> Heights => [.. _files.Select(static file => file.Height)];

    /// <summary>Opens what is whole and removes the rest.</summary>
    public static SnapshotStore Open(IDisk disk, string directory, Hash32 genesisHash, ILogger logger)
    {
        disk.CreateDirectory(directory);
        SnapshotStore store = new(disk, directory, genesisHash, logger);
        store._files =
        [
            .. disk.Files(directory)
                .Where(static name => name.EndsWith(SnapshotFile.IndexExtension, StringComparison.Ordinal))
                .Select(static name => Path.GetFileNameWithoutExtension(name))
                .Where(static name => ulong.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Select(static name => new Height(ulong.Parse(name, CultureInfo.InvariantCulture)))
                .Order()
                .Select(height => SnapshotFile.TryOpen(disk, directory, genesisHash, height))
                .OfType<SnapshotFile>(),
        ];
        store.Clean();
        return store;
    }

    /// <summary>Cuts a state and keeps it. <see cref="IOException"/> where the disk fails.</summary>
    public void Write(Height height, StateCopy state)
    {
        if (_files.Any(file => file.Height >= height))
        {
            return;
        }

        SnapshotFile.Write(_disk, _directory, _genesisHash, height, new StateCut(state));
        if (SnapshotFile.TryOpen(_disk, _directory, _genesisHash, height) is not { } written)
        {
            throw new IOException($"The snapshot of height {height} in {_directory} cannot be read back.");
        }

        _files = _files.Add(written);
        Clean();
        StorageLog.SnapshotWritten(_logger, _directory, height.Value, written.ChunkCount);
    }

    public bool TryFrontier(Height height, out ReadOnlyMemory<byte> frontier)
    {
        SnapshotFile? file = Find(height);
        frontier = file?.Frontier ?? default;
        return file is not null;
    }

    public bool TryChunk(Height height, Hash32 frontierHash, int chunk, out byte[] bytes)
    {
        bytes = [];
        return Find(height) is { } file
            && file.FrontierHash == frontierHash
            && chunk < file.ChunkCount
            && file.TryRead(chunk, out bytes);
    }

    public void Dispose()
    {
        foreach (SnapshotFile file in _files)
        {
            file.Close();
        }
    }

    private SnapshotFile? Find(Height height) => _files.FirstOrDefault(file => file.Height == height);

    // An open handle stays readable for an answer that still uses it; the finalizer closes it.
    private void Clean()
    {
        if (_files.Length > Kept)
        {
            _files = _files[^Kept..];
        }

        HashSet<string> kept =
        [
            .. _files.Select(file => SnapshotFile.DataPath(_directory, file.Height)),
            .. _files.Select(file => SnapshotFile.IndexPath(_directory, file.Height)),
        ];
        foreach (string path in _disk.Files(_directory).Select(name => Path.Combine(_directory, name)))
        {
            if (!kept.Contains(path))
            {
                _disk.Delete(path);
            }
        }

        _disk.SyncDirectory(_directory);
    }
}
