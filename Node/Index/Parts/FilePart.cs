using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Index.Parts;

/// <summary>
/// A sealed part: a file that never changes. It is opened when it is read and may be closed again while nobody reads;
/// what was retired is deleted when its last reader is done.
/// </summary>
internal sealed class FilePart(IDisk disk, string folder, PartName name, OpenParts open) : IIndexPart
{
    private readonly Lock _lock = new();
    private PartDatabase? _database;
    private PartDirectories? _directories;
    private int _readers;
    private bool _isRetired;

    public PartName Name => name;

    public PartRange Range => name.Range;

    public string Path => System.IO.Path.Combine(folder, name.File);

    /// <summary>What it says of itself.</summary>
    public PartHead Head(Core.Primitives.Hash32 genesisHash) => Read((database, _) =>
    {
        PartHead head = database.Head();
        return head.GenesisHash == genesisHash && head.Range == Range
            ? head
            : throw new IndexDamageException("it is of another chain or other heights");
    });

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

            if (_database is null)
            {
                PartDatabase opened = PartDatabase.Open(Path);
                try
                {
                    _directories = opened.Directories();
                    _database = opened;
                }
                catch
                {
                    opened.Dispose();
                    throw;
                }
            }

            _readers++;
            database = _database;
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
                CloseIfRetired();
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
            return true;
        }
    }

    /// <summary>Deletes the file, at once or when its last reader is done.</summary>
    public void Retire()
    {
        open.Forget(this);
        lock (_lock)
        {
            _isRetired = true;
            CloseIfRetired();
        }
    }

    private static (ChunkPlace Place, byte[] Chunk) At(
        PartDatabase database, IReadOnlyList<ChunkPlace> places, int number) =>
        number < 0 ? (default, []) : (places[number], database.Chunk(places[number].Chunk));

    private void CloseIfRetired()
    {
        if (_isRetired && _readers == 0)
        {
            Close();
            PartWriter.Remove(disk, Path);
        }
    }

    private void Close()
    {
        _database?.Dispose();
        _database = null;
        _directories = null;
    }
}
