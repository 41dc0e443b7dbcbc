using System.Buffers.Binary;
using EnergyChain.Core;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage.Lookup;

/// <summary>
/// An immutable file of sorted lookup entries: a header page, then pages of 93 entries, each with its CRC-32C. A
/// search reads about log2(pages) pages and keeps nothing in memory.
/// </summary>
internal sealed class LookupRun : IDisposable
{
    public const int PageSize = 4_096;

    /// <summary>Entries of a page.</summary>
    public const int PageEntries = (PageSize - sizeof(uint)) / LookupEntry.Size;

    private const int SpanOffset = FileHeader.Size;
    private const int SpanCrcOffset = SpanOffset + 28;
    private const int PageCrcOffset = PageSize - sizeof(uint);

    private readonly IDiskFile _file;

    private LookupRun(IDiskFile file, string path, LookupSpan span)
    {
        _file = file;
        Path = path;
        Span = span;
    }

    public string Path { get; }

    public LookupSpan Span { get; }

    private long PageCount => ((long)Span.Count + PageEntries - 1) / PageEntries;

    /// <summary>Writes sorted entries beside, syncs and renames; then opens the run.</summary>
    public static LookupRun Write(
        IDisk disk, string path, Hash32 genesisHash, LookupSpan span, IEnumerable<LookupEntry> sorted)
    {
        string beside = path + ".new";
        disk.OrNone(beside, () => WriteBeside(disk, beside, HeaderPage(genesisHash, span), sorted));
        disk.Rename(beside, path);
        disk.SyncDirectory(System.IO.Path.GetDirectoryName(path)!);
        return TryOpen(disk, path, genesisHash) ?? throw new IOException($"{path} cannot be read back.");
    }

    /// <summary>Null where header or size are not those of a run.</summary>
    public static LookupRun? TryOpen(IDisk disk, string path, Hash32 genesisHash)
    {
        IDiskFile file = disk.Open(path);
        Span<byte> header = stackalloc byte[SpanCrcOffset + sizeof(uint)];
        if (FileHeader.TryRead(file, path, FileKind.Lookup, genesisHash, out _)
            && file.Read(0, header) == header.Length
            && Crc32C.Of(header[..SpanCrcOffset]) == BinaryPrimitives.ReadUInt32LittleEndian(header[SpanCrcOffset..]))
        {
            LookupRun run = new(file, path, new LookupSpan(
                BinaryPrimitives.ReadUInt64LittleEndian(header[SpanOffset..]),
                BinaryPrimitives.ReadUInt64LittleEndian(header[(SpanOffset + 8)..]),
                BinaryPrimitives.ReadUInt32LittleEndian(header[(SpanOffset + 16)..]),
                BinaryPrimitives.ReadUInt64LittleEndian(header[(SpanOffset + 20)..])));
            if (file.Length == (run.PageCount + 1) * PageSize)
            {
                return run;
            }
        }

        file.Dispose();
        return null;
    }

    /// <summary>
    /// Binary search. False also where the page that would hold the key is damaged: then <paramref name="damaged"/> is
    /// its number. A damaged page on the way to another is passed by.
    /// </summary>
    public bool TryFind(Hash32 key, out LookupEntry entry, out long? damaged)
    {
        entry = default;
        damaged = null;
        long low = 0;
        long high = PageCount - 1;
        while (low <= high)
        {
            long middle = SoundPageFrom((low + high) / 2, low, high, out LookupEntry[] page);
            if (middle < 0)
            {
                damaged = low;
                return false;
            }

            if (key.CompareTo(page[0].Key) < 0)
            {
                high = middle - 1;
            }
            else if (key.CompareTo(page[^1].Key) > 0)
            {
                low = middle + 1;
            }
            else
            {
                int index = Array.BinarySearch(page, new LookupEntry(key, default, 0));
                entry = index >= 0 ? page[index] : default;
                return index >= 0;
            }
        }

        return false;
    }

    /// <summary>
    /// The damaged pages around one of them, and the keys between which all their entries lie; null where the page can
    /// be read after all.
    /// </summary>
    public LookupGap? GapAt(long number)
    {
        if (TryReadPage(number, out _))
        {
            return null;
        }

        (long first, long last) = (number, number);
        Hash32? below = null;
        Hash32? above = null;
        while (first > 0 && below is null)
        {
            bool sound = TryReadPage(first - 1, out LookupEntry[] page);
            below = sound ? page[^1].Key : null;
            first -= sound ? 0 : 1;
        }

        while (last < PageCount - 1 && above is null)
        {
            bool sound = TryReadPage(last + 1, out LookupEntry[] page);
            above = sound ? page[0].Key : null;
            last += sound ? 0 : 1;
        }

        return new LookupGap(first, (int)(last - first + 1), CountOf(first, last), below, above);
    }

    /// <summary>Writes the pages of a gap anew. A crash in between leaves pages that show as damaged again.</summary>
    /// <param name="gap">The pages.</param>
    /// <param name="sorted">All their entries.</param>
    public void Mend(LookupGap gap, LookupEntry[] sorted)
    {
        Invariant.Check(sorted.Length == gap.Entries);
        long offset = (gap.FirstPage + 1) * PageSize;
        foreach (LookupEntry[] page in sorted.Chunk(PageEntries))
        {
            _file.Write(offset, PageOf(page));
            offset += PageSize;
        }

        _file.Sync();
    }

    /// <summary>All entries in order. <see cref="DamagedPageException"/> at a damaged page.</summary>
    public IEnumerable<LookupEntry> Entries()
    {
        for (long number = 0; number < PageCount; number++)
        {
            if (!TryReadPage(number, out LookupEntry[] page))
            {
                throw new DamagedPageException(this, number);
            }

            foreach (LookupEntry entry in page)
            {
                yield return entry;
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private static void WriteBeside(IDisk disk, string path, byte[] header, IEnumerable<LookupEntry> sorted)
    {
        using IDiskFile file = disk.Open(path);
        file.Truncate(0);
        file.Write(0, header);
        long offset = PageSize;
        foreach (LookupEntry[] page in sorted.Chunk(PageEntries))
        {
            file.Write(offset, PageOf(page));
            offset += PageSize;
        }

        file.Sync();
    }

    private static byte[] HeaderPage(Hash32 genesisHash, LookupSpan span)
    {
        byte[] page = new byte[PageSize];
        new FileHeader(FileKind.Lookup, genesisHash, span.Last).Encode().CopyTo(page, 0);
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(SpanOffset), span.First);
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(SpanOffset + 8), span.Last);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(SpanOffset + 16), span.Level);
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(SpanOffset + 20), span.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(
            page.AsSpan(SpanCrcOffset), Crc32C.Of(page.AsSpan(0, SpanCrcOffset)));
        return page;
    }

    private static byte[] PageOf(LookupEntry[] entries)
    {
        byte[] page = new byte[PageSize];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i].Write(page.AsSpan(i * LookupEntry.Size));
        }

        BinaryPrimitives.WriteUInt32LittleEndian(
            page.AsSpan(PageCrcOffset), Crc32C.Of(page.AsSpan(0, PageCrcOffset)));
        return page;
    }

    // The sound page nearest to one, upwards first; -1 where all within the bounds are damaged.
    private long SoundPageFrom(long wanted, long low, long high, out LookupEntry[] page)
    {
        for (long number = wanted; number <= high; number++)
        {
            if (TryReadPage(number, out page))
            {
                return number;
            }
        }

        for (long number = wanted - 1; number >= low; number--)
        {
            if (TryReadPage(number, out page))
            {
                return number;
            }
        }

        page = [];
        return -1;
    }

    private int CountOf(long firstPage, long lastPage) =>
        (int)(Math.Min((long)Span.Count, (lastPage + 1) * PageEntries) - (firstPage * PageEntries));

    // Read again where it does not hold: a disk may err once.
    private bool TryReadPage(long number, out LookupEntry[] entries)
    {
        byte[] page = new byte[PageSize];
        bool sound = IsReadSoundly(number, page) || IsReadSoundly(number, page);
        entries = new LookupEntry[sound ? CountOf(number, number) : 0];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = LookupEntry.Read(page.AsSpan(i * LookupEntry.Size));
        }

        return sound;
    }

    private bool IsReadSoundly(long number, byte[] page) =>
        _file.Read((number + 1) * PageSize, page) == PageSize
        && BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(PageCrcOffset))
            == Crc32C.Of(page.AsSpan(0, PageCrcOffset));
}
