using System.Buffers.Binary;
using EnergyChain.Core;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage.Portable;

/// <summary>
/// Reads a portable file from its beginning to its end; the stream may be a pipe. What is wrong with it is a
/// <see cref="StorageException"/> of one sentence. For one thread at a time.
/// </summary>
internal sealed class PortableReader
{
    private const string Remedy = "take a file of this chain, written by a node of this version.";
    private const int MaxRecordBytes = Limits.MaxMainFrameBytes;

    private readonly Stream _stream;
    private readonly string _name;
    private readonly byte[] _frame = new byte[RecordFrame.Size];
    private Hash32 _digest;
    private ulong _count;
    private bool _hasEnded;

    /// <summary>Reads the header.</summary>
    /// <param name="stream">The file from its first byte on.</param>
    /// <param name="name">For sentences.</param>
    /// <param name="genesisHash">The chain that it must belong to.</param>
    public PortableReader(Stream stream, string name, Hash32 genesisHash)
    {
        _stream = stream;
        _name = name;
        byte[] bytes = new byte[FileHeader.Size];
        int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (!FileHeader.TryRead(bytes.AsSpan(0, count), name, genesisHash, Remedy, out FileHeader header)
            || header.Kind is not (FileKind.ChainFile or FileKind.SnapshotFile))
        {
            throw new StorageException(
                $"{name} is no file that export or snapshot wrote, or its first {FileHeader.Size} bytes are damaged.");
        }

        Header = header;
    }

    public FileHeader Header { get; }

    /// <summary>Where in the file the content of the last record begins.</summary>
    public long ContentOffset { get; private set; }

    private long End { get; set; } = FileHeader.Size;

    /// <summary>The next record; false after the last one, once the digest of all was compared.</summary>
    public bool TryNext(out PortableTag tag, out byte[] content)
    {
        (tag, content) = (PortableTag.End, []);
        if (_hasEnded)
        {
            return false;
        }

        byte[] payload = Payload();
        tag = (PortableTag)payload[0];
        if (tag == PortableTag.End)
        {
            CheckEnd(payload);
            return false;
        }

        _digest = PortableDigest.Next(_digest, payload);
        _count++;
        content = payload[1..];
        return true;
    }

    /// <summary>The height with which a content begins.</summary>
    public Height HeightOf(byte[] content) => content.Length >= sizeof(ulong)
        ? new Height(BinaryPrimitives.ReadUInt64LittleEndian(content))
        : throw new StorageException($"{_name}: record {_count} is too short to hold a height.");

    private byte[] Payload()
    {
        int count = _stream.ReadAtLeast(_frame, _frame.Length, throwOnEndOfStream: false);
        if (count < _frame.Length)
        {
            throw Short();
        }

        if (!RecordFrame.TryRead(_frame, mask: 0, out RecordFrame frame) || frame.Length is 0 or > MaxRecordBytes)
        {
            throw new StorageException($"{_name} is damaged behind record {_count}: its frame does not hold.");
        }

        byte[] payload = new byte[frame.Length];
        ContentOffset = End + RecordFrame.Size + 1;
        End += RecordFrame.Size + payload.Length;
        if (_stream.ReadAtLeast(payload, payload.Length, throwOnEndOfStream: false) < payload.Length)
        {
            throw Short();
        }

        return Crc32C.Of(payload) == frame.PayloadCrc
            ? payload
            : throw new StorageException($"{_name} is damaged: the checksum of record {_count + 1} does not hold.");
    }

    private void CheckEnd(byte[] payload)
    {
        _hasEnded = true;
        bool isWhole = payload.Length == 1 + sizeof(ulong) + Hash32.Size
            && BinaryPrimitives.ReadUInt64LittleEndian(payload.AsSpan(1)) == _count
            && new Hash32(payload.AsSpan(1 + sizeof(ulong))) == _digest;
        if (!isWhole)
        {
            throw new StorageException($"{_name} is not whole: its end does not fit the {_count} records before it.");
        }
    }

    private StorageException Short() => new(
        $"{_name} is cut short after {_count} records: copy it again; what was imported of it stays.");
}
