using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Index.Parts;

/// <summary>
/// A sealed part: a file that never changes. It is opened when it is read and may be closed again while nobody reads;
/// what was retired is deleted at once, and who reads it then may end.
/// </summary>
internal sealed class FilePart(IDisk disk, string folder, PartName name, Hash32 genesisHash, OpenParts open)
    : IIndexPart
{
    // LiteDB keeps the pages that it read: 1.3 MB up to 162 of them, 5 MB above, 14 MB above 662. Opened again, it
    // begins with none; what the file says of itself is kept meanwhile.
    private const int ReadsUntilReopened = 96;

    private readonly Lock _lock = new();
    private PartDatabase? _database;
    private PartDirectories? _directories;
    private PartHead? _head;
    private int _readers;
    private bool _isRetired;
    private bool _isDeleted;

    public PartName Name => name;

    public PartRange Range => name.Range;

    public string Path => System.IO.Path.Combine(folder, name.File);

    /// <summary>What it says of itself.</summary>
    public PartHead Head() => Volatile.Read(ref _head) ?? Read((_, _) => _head!);

    public IReadOnlyList<ulong> Positions(in IndexKey key, ulong from, ulong to, int limit)
    {
        IndexKey wanted = key;
        return Read((database, directories) =>
        {
            List<ulong> found = [];
            IReadOnlyList<SegmentPlace> places = directories.Segments;
            for (int i = PlaceSearch.Last(places, wanted, to); i >= 0 && found.Count < limit; i--)
            {
                List<ulong> here = [];
                Segment.Collect(database.Chunk(places[i].Chunk), wanted, from, to, here);
                found.InsertRange(0, here);
                if (places[i].Key != wanted || places[i].Position <= from)
                {
                    break;
                }
            }

            return found;
        });
    }

    public bool TryGetChunk(IndexRows table, ulong position, out ChunkPlace place, out byte[] chunk)
    {
        (place, chunk) = Read((database, directories) =>
            At(database, directories.Of(table), PlaceSearch.Last(directories.Of(table), position)));
        return chunk.Length > 0;
    }

    public bool TryGetChunkBefore(IndexRows table, ulong timeMs, out ChunkPlace place, out byte[] chunk)
    {
        (place, chunk) = Read((database, directories) =>
            At(database, directories.Of(table), PlaceSearch.LastBefore(directories.Of(table), timeMs)));
        return chunk.Length > 0;
    }

    /// <summary>Reads with the file open. Throws <see cref="PartGoneException"/> once it is retired.</summary>
    public T Read<T>(Func<PartDatabase, PartDirectories, T> read)
    {
        PartDatabase database;
        PartDirectories directories;
        lock (_lock)
        {
            if (_isRetired)
            {
                throw new PartGoneException();
            }

            Open();
            _readers++;
            database = _database!;
            directories = _directories!;
        }

        try
        {
            open.Used(this);
            return read(database, directories);
        }
        finally
        {
            lock (_lock)
            {
                _readers--;
                CloseWhereDue();
            }
        }
    }

    /// <summary>Closes the file where nobody reads it; it opens again when it is read.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            if (_readers > 0)
            {
                return false;
            }

            Close();
            _directories = null;
            return true;
        }
    }

    /// <summary>Takes it out of use and deletes the file.</summary>
    public void Retire()
    {
        open.Forget(this);
        lock (_lock)
        {
            if (_isRetired)
            {
                return;
            }

            _isRetired = true;
            CloseWhereDue();
            if (_isDeleted)
            {
                return;
            }

            try
            {
                // Not after its last reader: by then another part may stand under the name.
                PartWriter.Remove(disk, Path);
                _isDeleted = true;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // A system that deletes no open file: the last reader does, or the next start.
            }
        }
    }

    private static (ChunkPlace Place, byte[] Chunk) At(
        PartDatabase database, IReadOnlyList<ChunkPlace> places, int number) =>
        number < 0 ? (default, []) : (places[number], database.Chunk(places[number].Chunk));

    private void Open()
    {
        if (_database is not null)
        {
            return;
        }

        PartDatabase opened = PartDatabase.Open(Path);
        try
        {
            _head ??= Checked(opened.Head());
            _directories ??= opened.Directories();
            _database = opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private PartHead Checked(PartHead head) => head.GenesisHash == genesisHash && head.Range == Range
        ? head
        : throw new IndexDamageException("it is of another chain or other heights");

    private void CloseWhereDue()
    {
        if (_readers > 0)
        {
            return;
        }

        if (_isRetired)
        {
            Close();
            _directories = null;
            if (!_isDeleted)
            {
                PartWriter.Remove(disk, Path);
                _isDeleted = true;
            }
        }
        else if (_database is { Reads: >= ReadsUntilReopened })
        {
            Close();
        }
    }

    private void Close()
    {
        _database?.Dispose();
        _database = null;
    }
}
