using System.Collections.Immutable;
using System.Globalization;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage.Lookup;

/// <summary>
/// Finds blocks by hash and transactions by id. The newest entries are in memory, bounded; older ones in sorted runs
/// on disk that are merged eight at a time, so that a search touches few files. Everything can be rebuilt from the
/// block log: a run that is unsound as a whole is dropped at start with those after it, and pages that a search finds
/// damaged are written anew, a part with each block that is added. One writer; searches from any thread.
/// </summary>
public sealed class LookupIndex : IDisposable
{
    /// <summary>Runs of one level that are merged into one of the next.</summary>
    public const int MergeWidth = 8;

    /// <summary>Pages next to each other that are mended; more than these wait for the next start.</summary>
    private const int MaxMendedPages = 1_024;

    /// <summary>Of the block log for one block that is added, while pages are mended.</summary>
    private const int MendedTransactions = 1_000;

    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly Hash32 _genesisHash;
    private readonly ILogger _logger;
    private readonly int _memoryEntries;
    private readonly Height _first;
    private readonly Func<Height, Block?> _read;
    private readonly Lock _lock = new();
    private ImmutableArray<LookupRun> _runs = [];
    private Dictionary<Hash32, LookupEntry> _recent = [];
    private (LookupRun Run, long Page)? _damaged;
    private LookupMend? _mend;

    private LookupIndex(
        IDisk disk,
        string directory,
        Hash32 genesisHash,
        ILogger logger,
        int memoryEntries,
        Height first,
        Func<Height, Block?> read)
    {
        _read = read;
        _disk = disk;
        _directory = directory;
        _genesisHash = genesisHash;
        _logger = logger;
        _memoryEntries = memoryEntries;
        _first = first;
    }

    /// <summary>The last height whose entries are in the index; add the blocks after it.</summary>
    public Height Last { get; private set; }

    private ulong LastOnDisk => _runs.IsEmpty ? _first.Value - 1 : _runs[^1].Span.Last;

    /// <param name="disk">The disk.</param>
    /// <param name="directory">A folder of its own; made where it is absent.</param>
    /// <param name="genesisHash">The chain.</param>
    /// <param name="logger">For what was dropped.</param>
    /// <param name="read">A block of the log; null where it cannot be read.</param>
    /// <param name="memoryEntries">So many entries stay in memory until they are written out as a run.</param>
    /// <param name="first">The height that it begins with; null for 1.</param>
    public static LookupIndex Open(
        IDisk disk,
        string directory,
        Hash32 genesisHash,
        ILogger logger,
        Func<Height, Block?> read,
        int memoryEntries = 65_536,
        Height? first = null)
    {
        disk.CreateDirectory(directory);
        LookupIndex index = new(
            disk, directory, genesisHash, logger, memoryEntries, first ?? Height.Genesis.Next, read);
        index.OpenRuns();
        index.Last = new Height(index.LastOnDisk);
        return index;
    }

    /// <summary>Adds the next block; a height that is in the index already is passed over.</summary>
    public void Add(Block block)
    {
        if (block.Height <= Last)
        {
            return;
        }

        Invariant.Check(block.Height == Last.Next);
        lock (_lock)
        {
            foreach (LookupEntry entry in LookupEntry.Of(block))
            {
                _recent.TryAdd(entry.Key, entry);
            }
        }

        Last = block.Height;
        TryMend();
        if (_recent.Count >= _memoryEntries)
        {
            TryWriteOut();
        }
    }

    public bool TryFind(Hash32 key, out LookupEntry entry)
    {
        ImmutableArray<LookupRun> runs;
        lock (_lock)
        {
            if (_recent.TryGetValue(key, out entry))
            {
                return true;
            }

            runs = _runs;
        }

        for (int i = runs.Length - 1; i >= 0; i--)
        {
            if (runs[i].TryFind(key, out entry, out long? damaged))
            {
                return true;
            }

            if (damaged is { } page)
            {
                ReportDamage(runs[i], page);
            }
        }

        return false;
    }

    public void Dispose()
    {
        foreach (LookupRun run in _runs)
        {
            run.Dispose();
        }
    }

    private void OpenRuns()
    {
        foreach (string name in _disk.Files(_directory))
        {
            string path = Path.Combine(_directory, name);
            LookupRun? run = name.EndsWith(".run", StringComparison.Ordinal)
                ? LookupRun.TryOpen(_disk, path, _genesisHash)
                : null;
            if (run is not null && run.Span.First == LastOnDisk + 1)
            {
                _runs = _runs.Add(run);
                continue;
            }

            // Also what a crash leaves of a merge: inputs whose heights the merged run covers, and files beside.
            run?.Dispose();
            _disk.Delete(path);
            StorageLog.LookupDropped(_logger, path, "it does not continue the runs before it");
        }
    }

    private void TryMend()
    {
        try
        {
            Mend();
        }
        catch (IOException failure)
        {
            _mend = null;
            StorageLog.LookupNotWritten(_logger, _directory, failure.Message);
        }
    }

    private void Mend()
    {
        _mend = _mend is { } under && _runs.Contains(under.Run) ? under : NextMend();
        if (_mend?.Advance(MendedTransactions, out bool mended) == true)
        {
            StorageLog.LookupMended(_logger, _mend.Run.Path, mended);
            _mend = null;
        }
    }

    private LookupMend? NextMend()
    {
        (LookupRun Run, long Page)? damaged;
        lock (_lock)
        {
            (damaged, _damaged) = (_damaged, null);
        }

        if (damaged is not { } found || !_runs.Contains(found.Run) || found.Run.GapAt(found.Page) is not { } gap)
        {
            return null;
        }

        StorageLog.LookupDamaged(_logger, found.Run.Path, gap.FirstPage, gap.Pages);
        if (gap.Pages <= MaxMendedPages)
        {
            return new LookupMend(found.Run, gap, _read);
        }

        // Searches go on in what is open; the next start builds the run again.
        _disk.Delete(found.Run.Path);
        return null;
    }

    private void ReportDamage(LookupRun run, long page)
    {
        lock (_lock)
        {
            _damaged ??= (run, page);
        }
    }

    // A block is final whether or not the index can be written: a full disk shows at the next block's own append.
    private void TryWriteOut()
    {
        try
        {
            WriteRecent();
            Merge();
        }
        catch (DamagedPageException damage)
        {
            ReportDamage(damage.Run, damage.Page);
        }
        catch (IOException failure)
        {
            StorageLog.LookupNotWritten(_logger, _directory, failure.Message);
        }
    }

    private void WriteRecent()
    {
        LookupEntry[] entries = [.. _recent.Values];
        Array.Sort(entries);
        LookupSpan span = new(LastOnDisk + 1, Last.Value, 0, (ulong)entries.Length);
        LookupRun run = LookupRun.Write(_disk, PathOf(span), _genesisHash, span, entries);
        lock (_lock)
        {
            _runs = _runs.Add(run);
            _recent = [];
        }
    }

    private void Merge()
    {
        while (_runs.Length >= MergeWidth)
        {
            LookupRun[] last = [.. _runs[^MergeWidth..]];
            if (Array.Exists(last, run => run.Span.Level != last[0].Span.Level))
            {
                return;
            }

            ulong count = last.Aggregate(0UL, static (sum, run) => sum + run.Span.Count);
            LookupSpan span = new(last[0].Span.First, last[^1].Span.Last, last[0].Span.Level + 1, count);
            LookupRun merged = LookupRun.Write(_disk, PathOf(span), _genesisHash, span, Merged(last));
            lock (_lock)
            {
                _runs = _runs.RemoveRange(_runs.Length - MergeWidth, MergeWidth).Add(merged);
            }

            // Open handles stay readable for a search that still holds them; the finalizer closes them.
            foreach (LookupRun run in last)
            {
                _disk.Delete(run.Path);
            }
        }
    }

    private static IEnumerable<LookupEntry> Merged(LookupRun[] runs)
    {
        PriorityQueue<IEnumerator<LookupEntry>, Hash32> queue = new();
        foreach (LookupRun run in runs)
        {
            IEnumerator<LookupEntry> entries = run.Entries().GetEnumerator();
            if (entries.MoveNext())
            {
                queue.Enqueue(entries, entries.Current.Key);
            }
        }

        while (queue.TryDequeue(out IEnumerator<LookupEntry>? entries, out _))
        {
            yield return entries.Current;
            if (entries.MoveNext())
            {
                queue.Enqueue(entries, entries.Current.Key);
            }
        }
    }

    // Widest first among runs that start alike, so that opening meets a merged run before its inputs.
    private string PathOf(LookupSpan span) => Path.Combine(
        _directory,
        string.Create(CultureInfo.InvariantCulture, $"{span.First:D20}-{99 - span.Level:D2}-{span.Last:D20}.run"));
}
