using System.Buffers.Binary;
using System.Globalization;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// A segment of a height log: records of consecutive heights. While it grows its offsets are in memory; sealed, they
/// are in an index file beside it, so that memory does not grow with the chain. Reads may run beside an append.
/// </summary>
internal sealed class LogSegment : IDisposable
{
    private readonly Lock _lock = new();
    private List<long>? _offsets;
    private IDiskFile? _index;
    private int _readers;
    private bool _isDisposed;

    private LogSegment(RecordFile file) => File = file;

    /// <summary>What a segment that is written anew holds in the place of a damaged record.</summary>
    public static byte[] Lost => [];

    public RecordFile File { get; }

    public ulong FirstHeight => File.Header.Number;

    public ulong Count { get; private set; }

    /// <summary>Whether its offsets are in the index file alone; <see cref="Take"/> makes it grow again.</summary>
    public bool IsSealed => _offsets is null;

    /// <summary>The height after its last one.</summary>
    public ulong NextHeight => FirstHeight + Count;

    public bool Holds(ulong height) => height >= FirstHeight && height < NextHeight;

    public static string PathOf(string directory, ulong firstHeight) =>
        Path.Combine(directory, firstHeight.ToString("D20", CultureInfo.InvariantCulture) + ".log");

    /// <summary>The index file of a sealed segment.</summary>
    public static string IndexPathOf(string path) => Path.ChangeExtension(path, ".idx");

    public static LogSegment Create(IDisk disk, string directory, FileKind kind, Hash32 genesisHash, ulong firstHeight)
    {
        FileHeader header = new(kind, genesisHash, firstHeight);
        return CreateAt(disk, PathOf(directory, firstHeight), header);
    }

    public static LogSegment CreateAt(IDisk disk, string path, FileHeader header) =>
        new(RecordFile.Create(disk, path, header)) { _offsets = [] };

    /// <summary>
    /// Takes over a file whose header is sound; <see cref="Take"/> or <see cref="TryOpenIndex"/> follows.
    /// </summary>
    public static LogSegment Of(RecordFile file) => new(file);

    /// <summary>Takes over the offsets that a scan of its file found; it grows again, or is to be sealed.</summary>
    public void Take(SegmentScan scan)
    {
        lock (_lock)
        {
            _offsets = scan.Offsets;
            Count = (ulong)scan.Offsets.Count;
        }
    }

    /// <summary>Reads the whole file anew for where the records of its heights are.</summary>
    public SegmentScan Scan()
    {
        ulong until = NextHeight; // What an append adds meanwhile is none of the scan's business.
        SegmentScan scan = new(File);
        scan.Run(spansDamage: true);
        scan.FillUpTo(until);
        return scan;
    }

    /// <summary>Whether the index of a sealed segment lacks the place of any record.</summary>
    public bool HasHoles()
    {
        byte[] offsets = new byte[Count * sizeof(long)];
        bool whole = _index!.Read(FileHeader.Size, offsets) == offsets.Length;
        for (int i = 0; whole && i < offsets.Length; i += sizeof(long))
        {
            whole = BinaryPrimitives.ReadInt64LittleEndian(offsets.AsSpan(i)) >= FileHeader.Size;
        }

        return !whole;
    }

    /// <summary>
    /// Opens the index of a sealed segment; false where it is absent or does not fit: then scan and seal.
    /// </summary>
    public bool TryOpenIndex(IDisk disk)
    {
        string path = IndexPath;
        if (!disk.Exists(path))
        {
            return false;
        }

        IDiskFile index = disk.Open(path);
        Hash32 genesis = File.Header.GenesisHash;
        bool sound = FileHeader.TryRead(index, path, FileKind.SegmentIndex, genesis, out FileHeader header)
            && header.Number > 0
            && index.Length == FileHeader.Size + ((long)header.Number * sizeof(long));
        if (!sound)
        {
            index.Dispose();
            return false;
        }

        _index = index;
        Count = header.Number;
        return true;
    }

    /// <summary>False where the segment has no sound record of the height, or is disposed.</summary>
    public bool TryRead(ulong height, out byte[] payload)
    {
        payload = [];
        if (!TryEnter(height, out long offset))
        {
            return false;
        }

        try
        {
            return File.TryRead(offset, out byte[]? record)
                && SegmentScan.TryHeightOf(record, out ulong found)
                && found == height
                && (payload = record[sizeof(ulong)..]).Length > 0;
        }
        finally
        {
            Leave();
        }
    }

    public void Append(ReadOnlyMemory<byte> payload)
    {
        Span<byte> height = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(height, NextHeight);
        long offset = File.Append(height, payload.Span);
        lock (_lock)
        {
            _offsets!.Add(offset);
            Count++;
        }
    }

    /// <summary>Makes sure of the header and the last record; of a growing segment.</summary>
    public void Refresh() => File.Refresh(_offsets is [.., >= FileHeader.Size] ? _offsets[^1] : File.End);

    /// <summary>Makes the records durable and moves the offsets from memory to the index file.</summary>
    public void Seal(IDisk disk)
    {
        File.Sync();
        long[] offsets = [.. _offsets!];
        byte[] bytes = new byte[FileHeader.Size + (offsets.Length * sizeof(long))];
        new FileHeader(FileKind.SegmentIndex, File.Header.GenesisHash, Count).Encode().CopyTo(bytes, 0);
        for (int i = 0; i < offsets.Length; i++)
        {
            Span<byte> place = bytes.AsSpan(FileHeader.Size + (i * sizeof(long)));
            BinaryPrimitives.WriteInt64LittleEndian(place, offsets[i]);
        }

        // Beside and renamed: one half written would send readers to the wrong places.
        string beside = IndexPath + ".new";
        IDiskFile index = disk.Open(beside);
        index.Truncate(0);
        index.Write(0, bytes);
        index.Sync();
        disk.Rename(beside, IndexPath);
        lock (_lock)
        {
            _index?.Dispose();
            _index = index;
            _offsets = null;
        }
    }

    /// <summary>Closes the files, once the reads under way are done.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            CloseWhenUnread();
        }
    }

    private string IndexPath => IndexPathOf(File.Path);

    private bool TryEnter(ulong height, out long offset)
    {
        lock (_lock)
        {
            bool entered = TryOffset(height, out offset);
            _readers += entered ? 1 : 0;
            return entered;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _readers--;
            CloseWhenUnread();
        }
    }

    private void CloseWhenUnread()
    {
        if (_isDisposed && _readers == 0)
        {
            File.Dispose();
            _index?.Dispose();
        }
    }

    private bool TryOffset(ulong height, out long offset)
    {
        offset = 0;
        if (_isDisposed || !Holds(height))
        {
            return false;
        }

        int number = (int)(height - FirstHeight);
        if (_offsets is not null)
        {
            offset = _offsets[number];
            return offset >= FileHeader.Size;
        }

        Span<byte> bytes = stackalloc byte[sizeof(long)];
        bool read = _index!.Read(FileHeader.Size + ((long)number * sizeof(long)), bytes) == sizeof(long);
        offset = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return read && offset >= FileHeader.Size;
    }
}
