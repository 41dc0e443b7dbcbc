using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// A file of a header and checksummed records, written at its end only. One writer; reads of earlier records may run
/// beside it. A write that fails leaves the file unusable for more, since nobody can know what reached the disk.
/// </summary>
internal sealed class RecordFile : IDisposable
{
    private const int SearchWindowBytes = 1 << 20;

    private readonly IDiskFile _file;
    private bool _failed;

    private RecordFile(IDiskFile file, string path, FileHeader header, long end)
    {
        _file = file;
        Path = path;
        Header = header;
        End = end;
    }

    public string Path { get; }

    public FileHeader Header { get; }

    /// <summary>Where the next record goes.</summary>
    public long End { get; private set; }

    /// <summary>
    /// Makes a file with nothing but its header, and a salt of its own in it; durable with the next
    /// <see cref="Sync"/>.
    /// </summary>
    public static RecordFile Create(IDisk disk, string path, FileHeader header)
    {
        header = header with { Salt = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue) };
        IDiskFile file = disk.Open(path);
        try
        {
            file.Truncate(0);
            file.Write(0, header.Encode());
            return new RecordFile(file, path, header, FileHeader.Size);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a file; null where its header is damaged. <see cref="End"/> is the file's end, unchecked.
    /// </summary>
    public static RecordFile? Open(IDisk disk, string path, FileKind kind, Hash32 genesisHash)
    {
        IDiskFile file = disk.Open(path);
        try
        {
            if (FileHeader.TryRead(file, path, kind, genesisHash, out FileHeader header))
            {
                return new RecordFile(file, path, header, file.Length);
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        return null;
    }

    /// <summary>
    /// Writes records in one piece and gives the offset of the first. Durable after <see cref="Sync"/>.
    /// </summary>
    public long Append(IReadOnlyList<ReadOnlyMemory<byte>> payloads)
    {
        int length = payloads.Sum(static payload => RecordFrame.Size + payload.Length);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            int position = 0;
            foreach (ReadOnlyMemory<byte> payload in payloads)
            {
                payload.Span.CopyTo(bytes.AsSpan(position + RecordFrame.Size));
                position += Frame(bytes, position, payload.Length);
            }

            return Write(bytes.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>As <see cref="Append(IReadOnlyList{ReadOnlyMemory{byte}})"/>, one record in two parts.</summary>
    public long Append(ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest)
    {
        int length = RecordFrame.Size + head.Length + rest.Length;
        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            head.CopyTo(bytes.AsSpan(RecordFrame.Size));
            rest.CopyTo(bytes.AsSpan(RecordFrame.Size + head.Length));
            Frame(bytes, 0, head.Length + rest.Length);
            return Write(bytes.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Fsync. After a failure nothing more is written: the kernel may have dropped the dirty pages.</summary>
    public void Sync()
    {
        ThrowIfFailed();
        _failed = true;
        _file.Sync();
        _failed = false;
    }

    /// <summary>
    /// Writes the header, and what stands from an offset on, once more and syncs. What can be read after a process
    /// died, or after a sync failed, need not be on the disk, and a sync alone passes over pages that the kernel took
    /// for clean when it failed.
    /// </summary>
    public void Refresh(long from)
    {
        byte[] bytes = new byte[End - from];
        int count = _file.Read(from, bytes);
        ThrowIfFailed();
        _failed = true;
        _file.Write(0, Header.Encode());
        _file.Write(from, bytes.AsSpan(0, count));
        _file.Sync();
        _failed = false;
    }

    public void Truncate(long end)
    {
        ThrowIfFailed();
        _file.Truncate(end);
        End = end;
    }

    /// <summary>False where no sound record starts at the offset.</summary>
    public bool TryRead(long offset, [NotNullWhen(true)] out byte[]? payload)
    {
        payload = null;
        if (!TryReadFrame(offset, out RecordFrame frame))
        {
            return false;
        }

        byte[] bytes = new byte[frame.Length];
        if (_file.Read(offset + RecordFrame.Size, bytes) != bytes.Length || Crc32C.Of(bytes) != frame.PayloadCrc)
        {
            return false;
        }

        payload = bytes;
        return true;
    }

    /// <summary>False where no sound frame of a record that fits into the file stands at the offset.</summary>
    public bool TryReadFrame(long offset, out RecordFrame frame)
    {
        frame = default;
        Span<byte> bytes = stackalloc byte[RecordFrame.Size];
        return _file.Read(offset, bytes) == RecordFrame.Size
            && RecordFrame.TryRead(bytes, RecordFrame.MaskOf(Header.Salt, offset), out frame)
            && frame.Length <= _file.Length - offset - RecordFrame.Size;
    }

    /// <summary>
    /// Visits the records from the start, with their offsets, until the end or the first that is not sound, and gives
    /// where it stopped.
    /// </summary>
    public long Scan(Action<long, byte[]> visit)
    {
        long offset = FileHeader.Size;
        while (TryRead(offset, out byte[]? payload))
        {
            visit(offset, payload);
            offset += RecordFrame.Size + payload.Length;
        }

        return offset;
    }

    /// <summary>The offset of the first sound record at or after one; null for none: then it is a torn tail.</summary>
    public long? FindSoundRecord(long from)
    {
        byte[] window = new byte[SearchWindowBytes];
        long start = from;
        while (start < _file.Length)
        {
            int count = _file.Read(start, window);
            ReadOnlySpan<byte> rest = window.AsSpan(0, count);
            for (int found = rest.IndexOf(RecordFrame.MarkerBytes); found >= 0;)
            {
                long candidate = start + (count - rest.Length) + found;
                if (TryRead(candidate, out _))
                {
                    return candidate;
                }

                rest = rest[(found + 1)..];
                found = rest.IndexOf(RecordFrame.MarkerBytes);
            }

            // A marker may lie across two windows.
            start += Math.Max(count - RecordFrame.MarkerBytes.Length + 1, 1);
        }

        return null;
    }

    /// <summary>Overwrites everything with zeros, durably. Nothing is read or written afterwards.</summary>
    public void Destroy()
    {
        _failed = true;
        byte[] zeros = new byte[1 << 16];
        for (long offset = 0; offset < _file.Length; offset += zeros.Length)
        {
            _file.Write(offset, zeros.AsSpan(0, (int)Math.Min(zeros.Length, _file.Length - offset)));
        }

        _file.Sync();
    }

    public void Dispose() => _file.Dispose();

    // Writes the frame in front of a payload that stands in its place already; gives the bytes of both.
    private int Frame(byte[] bytes, int position, int length)
    {
        ReadOnlySpan<byte> payload = bytes.AsSpan(position + RecordFrame.Size, length);
        RecordFrame.Write(bytes.AsSpan(position), payload, RecordFrame.MaskOf(Header.Salt, End + position));
        return RecordFrame.Size + length;
    }

    private long Write(ReadOnlySpan<byte> bytes)
    {
        ThrowIfFailed();
        long offset = End;
        _failed = true;
        _file.Write(offset, bytes);
        _failed = false;
        End += bytes.Length;
        return offset;
    }

    private void ThrowIfFailed()
    {
        if (_failed)
        {
            throw new IOException($"{Path} takes no more writes since one failed.");
        }
    }
}
