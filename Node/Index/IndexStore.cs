using System.Collections.Immutable;
using EnergyChain.Core;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index.Parts;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Index;

/// <summary>
/// The parts of the index: files that never change, ascending by height, and the newest blocks in memory. One writer
/// adds; anyone reads; a merge may run beside the writer. Files are durable before they count, so a crash costs only
/// what was in memory, which is read again from the chain.
/// </summary>
internal sealed class IndexStore : IDisposable
{
    private readonly Lock _lock = new();
    private readonly IDisk _disk;
    private readonly string _folder;
    private readonly Hash32 _genesisHash;
    private readonly IndexTuning _tuning;
    private readonly ILogger _logger;
    private readonly OpenParts _open;
    private ImmutableArray<FilePart> _files = [];
    private MemoryPart? _memory;
    private volatile IIndexPart[] _view = [];
    private volatile bool _hasHole;
    private int _damages;

    private IndexStore(IDisk disk, string folder, Hash32 genesisHash, IndexTuning tuning, ILogger logger)
    {
        _disk = disk;
        _folder = folder;
        _genesisHash = genesisHash;
        _tuning = tuning;
        _logger = logger;
        _open = new OpenParts(tuning.MaxOpenParts);
    }

    /// <summary>The parts, ascending by height.</summary>
    public IReadOnlyList<IIndexPart> View => _view;

    /// <summary>The first height that the index holds; null while it is empty.</summary>
    public Height? First => _view is [{ } first, ..] ? first.Range.First : null;

    /// <summary>The last height that it holds, gaps aside; null while it is empty.</summary>
    public Height? Last => _view is [.., { } last] ? last.Range.Last : null;

    public int Files => _files.Length;

    /// <summary>True from when a part turned out damaged until <see cref="Mended"/>: lists have a hole.</summary>
    public bool HasHole => _hasHole;

    /// <summary>How many parts turned out damaged; counted before the part is out of the view.</summary>
    public int Damages => Volatile.Read(ref _damages);

    /// <summary>Told where a part turned out damaged, on the thread of whoever read it.</summary>
    public Action OnDamage { get; set; } = static () => { };

    /// <summary>Files that are open for reading.</summary>
    public int OpenFiles => _open.Count;

    /// <summary>Opens the folder, made where it is absent, and removes what a crash left unfinished in it.</summary>
    public static IndexStore Open(
        IDisk disk, string folder, Hash32 genesisHash, IndexTuning tuning, ILogger logger)
    {
        disk.CreateDirectory(folder);
        IndexStore store = new(disk, folder, genesisHash, tuning, logger);
        List<PartName> names = PartFolder.Clean(disk, folder);
        store._files = [.. names.Select(name => new FilePart(disk, folder, name, genesisHash, store._open))];
        store.Publish();
        return store;
    }

    /// <summary>Removes newest parts until the last block is one of the chain's, and all that is of another.</summary>
    public void Trim(IIndexSource source)
    {
        while (_files is [.., { } last])
        {
            try
            {
                PartHead head = last.Head();
                if (source.Holds(head.Range.Last, head.LastHash))
                {
                    return;
                }

                IndexLog.Disagrees(_logger, last.Range.Last);
            }
            catch (IndexDamageException damage)
            {
                IndexLog.Damaged(_logger, last.Name.File, damage.Message);
            }

            Remove([last]);
        }
    }

    /// <summary>The lowest run of heights between two files that no file holds; null for none.</summary>
    public PartRange? Gap()
    {
        ImmutableArray<FilePart> files = _files;
        for (int i = 1; i < files.Length; i++)
        {
            if (files[i].Range.First != files[i - 1].Range.Last.Next)
            {
                return new PartRange(files[i - 1].Range.Last.Next, new Height(files[i].Range.First.Value - 1));
            }
        }

        // The part in memory begins where the last file ended, unless that was damaged since.
        return files is [.., { } last] && _memory is { } memory && memory.Range.First != last.Range.Last.Next
            ? new PartRange(last.Range.Last.Next, new Height(memory.Range.First.Value - 1))
            : null;
    }

    /// <summary>Adds the block after the last; the first block of an empty index may be any.</summary>
    public void Add(BlockRows block)
    {
        if (_memory is null)
        {
            Invariant.Check(Last is not { } last || block.Height == last.Next);
            MemoryPart memory = new(block.Height);
            memory.Add(block);
            _memory = memory;
            Publish();
        }
        else
        {
            _memory.Add(block);
        }

        if (IsFull(_memory))
        {
            SealMemory();
        }
    }

    public bool IsFull(MemoryPart part) =>
        part.Bytes >= _tuning.PartBytes || part.Range.Blocks >= _tuning.PartBlocks;

    /// <summary>Writes the part in memory to a file where it is worth one, before the process ends.</summary>
    public void SealAtStop()
    {
        if (_memory is { } memory
            && (memory.Range.Blocks >= _tuning.LeastBlocksAtStop || memory.Bytes >= _tuning.PartBytes / 8))
        {
            SealMemory();
        }
    }

    /// <summary>Writes a part to a file, durable and in the view when this returns.</summary>
    public void Seal(MemoryPart part)
    {
        PartName name = new(part.Range, 0);
        using (PartWriter writer = new(_disk, _folder, name))
        {
            part.WriteTo(writer);
            writer.Finish(new PartHead(
                _genesisHash, part.Range, part.LastHash, part.LastTimeMs, part.Transactions, part.Events));
        }

        lock (_lock)
        {
            _memory = ReferenceEquals(_memory, part) ? null : _memory;
            FilePart file = new(_disk, _folder, name, _genesisHash, _open);
            _files = _files.Add(file).Sort(static (a, b) => a.Range.First.CompareTo(b.Range.First));
            Publish();
        }
    }

    /// <summary>The oldest adjacent parts of one level that are worth a merge; empty for none.</summary>
    public IReadOnlyList<FilePart> MergeCandidates() => PartMerge.Candidates(_files, _tuning, PathBytes);

    /// <summary>Merges adjacent parts into one file; false where one of them was removed meanwhile.</summary>
    public bool Merge(IReadOnlyList<FilePart> parts, CancellationToken cancellationToken)
    {
        PartName name = new(new PartRange(parts[0].Range.First, parts[^1].Range.Last), parts[0].Name.Level + 1);
        using (PartWriter writer = new(_disk, _folder, name))
        {
            PartHead? head = WhereSound(parts, part =>
                PartMerge.Write(parts, writer, part, cancellationToken));
            if (head is null)
            {
                return false;
            }

            writer.Finish(head);
        }

        FilePart merged = new(_disk, _folder, name, _genesisHash, _open);
        lock (_lock)
        {
            if (parts.All(_files.Contains))
            {
                _files = _files.RemoveRange(parts).Add(merged)
                    .Sort(static (a, b) => a.Range.First.CompareTo(b.Range.First));
                Publish();
            }
            else
            {
                parts = [merged];
            }
        }

        foreach (FilePart part in parts)
        {
            part.Retire();
        }

        _disk.SyncDirectory(_folder);
        return parts[0] != merged;
    }

    /// <summary>Removes whole files whose last block is older than a time.</summary>
    public void RemoveBefore(ulong timeMs)
    {
        while (_files is [{ } oldest, _, ..])
        {
            PartHead? head = WhereSound([oldest], _ => oldest.Head());
            if (head is null)
            {
                return;
            }

            if (head.LastTimeMs >= timeMs)
            {
                return;
            }

            IndexLog.Expired(_logger, oldest.Range.First, oldest.Range.Last);
            Remove([oldest]);
        }
    }

    /// <summary>Removes every part that ends at or below a height.</summary>
    public void RemoveUpTo(Height height) => Remove([.. _files.Where(part => part.Range.Last <= height)]);

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        _memory = null;
        Remove(_files);
    }

    /// <summary>Takes a part that cannot be read out of the index; what it held is a gap then.</summary>
    public void Damaged(IIndexPart part, IndexDamageException damage)
    {
        if (part is FilePart file && _files.Contains(file))
        {
            IndexLog.Damaged(_logger, file.Name.File, damage.Message);
            Interlocked.Increment(ref _damages);
            _hasHole = true;
            Remove([file]);

            // Again, for a writer that looked for holes before this one was there.
            _hasHole = true;
            OnDamage();
        }
    }

    /// <summary>The writer fills what is missing, or is about to look for it.</summary>
    public void Mended() => _hasHole = false;

    public void Dispose() => _open.CloseAll();

    private void SealMemory() => Seal(_memory!);

    private long PathBytes(FilePart part) => _disk.Exists(part.Path) ? new FileInfo(part.Path).Length : 0;

    // Reading any of the parts may show that it is damaged: then that one is taken out.
    private PartHead? WhereSound(IReadOnlyList<FilePart> parts, Func<Action<FilePart>, PartHead> read)
    {
        FilePart reading = parts[0];
        try
        {
            return read(part => reading = part);
        }
        catch (IndexDamageException damage)
        {
            Damaged(reading, damage);
            return null;
        }
        catch (PartGoneException)
        {
            return null;
        }
    }

    private void Remove(IReadOnlyList<FilePart> parts)
    {
        lock (_lock)
        {
            _files = _files.RemoveRange(parts);
            Publish();
        }

        foreach (FilePart part in parts)
        {
            part.Retire();
        }
    }

    private void Publish()
    {
        lock (_lock)
        {
            _view = _memory is { } memory ? [.. _files, memory] : [.. _files];
        }
    }
}
