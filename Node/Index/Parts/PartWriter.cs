using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Index.Parts;

/// <summary>
/// Writes the file of a part beside its place: chunks of rows in order, then postings ascending. It stands under its
/// name, durable, when <see cref="Finish"/> returns; before, it does not count.
/// </summary>
internal sealed class PartWriter : IDisposable
{
    public const string Unfinished = ".new";

    private const int BatchChunks = 128;

    private readonly IDisk _disk;
    private readonly string _folder;
    private readonly PartName _name;
    private readonly PartDatabase _database;
    private readonly SegmentWriter _segments;
    private readonly List<ChunkPlace> _transactions = [];
    private readonly List<ChunkPlace> _events = [];
    private readonly List<(int, byte[])> _batch = [];
    private int _lastChunk;
    private bool _isClosed;

    public PartWriter(IDisk disk, string folder, PartName name)
    {
        _disk = disk;
        _folder = folder;
        _name = name;
        _segments = new SegmentWriter(Store);
        Discard();
        _database = PartDatabase.Create(NewPath);
    }

    private string NewPath => Path.Combine(_folder, _name.File + Unfinished);

    public void AddChunk(IndexRows table, ChunkPlace place, byte[] bytes) =>
        (table == IndexRows.Transactions ? _transactions : _events).Add(place with { Chunk = Store(bytes) });

    public void Add(in IndexKey key, ulong position) => _segments.Add(key, position);

    public void Finish(PartHead head)
    {
        _segments.Finish();
        Flush();
        _database.Finish(head, new PartDirectories(_transactions, _events, _segments.Places));
        Close();
        using (IDiskFile file = _disk.Open(NewPath))
        {
            file.Sync();
        }

        _disk.Rename(NewPath, Path.Combine(_folder, _name.File));
        _disk.SyncDirectory(_folder);
    }

    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        try
        {
            Close();
        }
        catch (Exception failure) when (failure is IOException or LiteDB.LiteException)
        {
            // LiteDB wants to write the rest, and the disk is full: what it could not write is not wanted.
        }
        finally
        {
            Discard();
        }
    }

    /// <summary>Removes the file and what LiteDB lays beside it.</summary>
    public static void Remove(IDisk disk, string path)
    {
        string journal = Path.GetFileNameWithoutExtension(path) + "-log" + Path.GetExtension(path);
        foreach (string file in new[] { path, Path.Combine(Path.GetDirectoryName(path)!, journal) })
        {
            if (disk.Exists(file))
            {
                disk.Delete(file);
            }
        }
    }

    private int Store(byte[] chunk)
    {
        _batch.Add((++_lastChunk, chunk));
        if (_batch.Count == BatchChunks)
        {
            Flush();
        }

        return _lastChunk;
    }

    private void Flush()
    {
        _database.Insert(_batch);
        _batch.Clear();
    }

    private void Close()
    {
        _isClosed = true;
        _database.Dispose();
    }

    private void Discard() => Remove(_disk, NewPath);
}
