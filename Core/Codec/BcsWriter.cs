using System.Buffers.Binary;
using System.Text;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Codec;

/// <summary>
/// Writes BCS (Binary Canonical Serialization, the Diem codec): little-endian fixed integers, ULEB128 lengths and
/// variants, fields in order. Not thread-safe.
/// </summary>
public sealed class BcsWriter
{
    private byte[] _buffer;
    private int _length;

    public BcsWriter(int capacity = 256) => _buffer = new byte[Math.Max(capacity, 16)];

    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, _length);

    /// <summary>What was written, in the writer's own buffer: valid until the next write or clearing.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _length);

    public int Length => _length;

    public byte[] ToArray() => WrittenSpan.ToArray();

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear() => _length = 0;

    public void WriteBool(bool value) => Take(1)[0] = value ? (byte)1 : (byte)0;

    public void WriteU8(byte value) => Take(1)[0] = value;

    public void WriteU16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    public void WriteU32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    public void WriteU64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void WriteU256(in UInt256 value)
    {
        Span<byte> target = Take(32);
        value.WriteBigEndian(target);
        target.Reverse();
    }

    /// <summary>A length or an enum variant in ULEB128.</summary>
    public void WriteLength(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        uint rest = (uint)value;
        while (rest >= 0x80)
        {
            WriteU8((byte)(rest & 0x7F | 0x80));
            rest >>= 7;
        }

        WriteU8((byte)rest);
    }

    /// <summary>Bytes with their length in front.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteLength(bytes.Length);
        WriteFixed(bytes);
    }

    /// <summary>Bytes whose number the type fixes: no length in front.</summary>
    public void WriteFixed(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void WriteString(string text) => WriteBytes(Encoding.UTF8.GetBytes(text));

    public void WriteHash(Hash32 hash) => hash.CopyTo(Take(Hash32.Size));

    public void WriteAddress(Address address) => address.CopyTo(Take(Address.Size));

    public void WritePublicKey(PublicKey key) => key.CopyTo(Take(PublicKey.Size));

    public void WriteSignature(Signature signature) => signature.CopyTo(Take(Signature.Size));

    private Span<byte> Take(int count)
    {
        int needed = _length + count;
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(needed, _buffer.Length * 2));
        }

        Span<byte> span = _buffer.AsSpan(_length, count);
        _length = needed;
        return span;
    }
}
