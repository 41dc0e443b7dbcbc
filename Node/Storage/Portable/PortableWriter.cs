using System.Buffers.Binary;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage.Portable;

/// <summary>
/// Writes a file that goes from one machine to another: the header of every binary file, records with checksums, and
/// at the end their number and the digest of all, so that a file which was cut short is known. The stream may be a
/// pipe. For one thread.
/// </summary>
internal sealed class PortableWriter
{
    private readonly Stream _stream;
    private readonly byte[] _frame = new byte[RecordFrame.Size];
    private Hash32 _digest;
    private ulong _count;

    /// <summary>Writes the header.</summary>
    public PortableWriter(Stream stream, FileKind kind, Hash32 genesisHash, Height first)
    {
        _stream = stream;
        stream.Write(new FileHeader(kind, genesisHash, first.Value).Encode());
    }

    /// <summary>Bytes written so far, after the header.</summary>
    public long Bytes { get; private set; }

    public void Add(PortableTag tag, ReadOnlySpan<byte> content)
    {
        byte[] payload = new byte[1 + content.Length];
        payload[0] = (byte)tag;
        content.CopyTo(payload.AsSpan(1));
        Write(payload);
        _digest = PortableDigest.Next(_digest, payload);
        _count++;
    }

    /// <summary>A height and what belongs to it.</summary>
    public void Add(PortableTag tag, Height height, ReadOnlySpan<byte> content)
    {
        byte[] bytes = new byte[sizeof(ulong) + content.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, height.Value);
        content.CopyTo(bytes.AsSpan(sizeof(ulong)));
        Add(tag, bytes);
    }

    /// <summary>Writes the last record and flushes; the caller makes the file durable.</summary>
    public void End()
    {
        byte[] payload = new byte[1 + sizeof(ulong) + Hash32.Size];
        payload[0] = (byte)PortableTag.End;
        BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(1), _count);
        _digest.CopyTo(payload.AsSpan(1 + sizeof(ulong)));
        Write(payload);
        _stream.Flush();
    }

    private void Write(byte[] payload)
    {
        RecordFrame.Write(_frame, payload, mask: 0);
        _stream.Write(_frame);
        _stream.Write(payload);
        Bytes += _frame.Length + payload.Length;
    }
}
