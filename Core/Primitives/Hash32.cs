using System.Buffers.Binary;
using System.Globalization;

namespace EnergyChain.Core.Primitives;

/// <summary>A 32-byte hash. Ordered and compared as big-endian bytes; the default value is 32 zero bytes.</summary>
public readonly record struct Hash32 : IComparable<Hash32>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _w0;
    private readonly ulong _w1;
    private readonly ulong _w2;
    private readonly ulong _w3;

    /// <param name="bytes">Exactly 32 bytes.</param>
    public Hash32(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size);
        _w0 = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _w1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _w2 = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _w3 = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>32 zero bytes.</summary>
    public static Hash32 Zero => default;

    public bool IsZero => (_w0 | _w1 | _w2 | _w3) == 0;

    /// <summary>Reads 64 hex digits, with or without 0x.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Hash32 hash)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bool sound = Hex.TryDecodeExact(text, bytes);
        hash = sound ? new Hash32(bytes) : default;
        return sound;
    }

    /// <summary>Bit <paramref name="index"/> of the hash, 0 being the most significant bit of the first byte.</summary>
    public bool Bit(int index)
    {
        ulong word = (index >> 6) switch { 0 => _w0, 1 => _w1, 2 => _w2, _ => _w3 };
        return ((word >> (63 - (index & 63))) & 1) != 0;
    }

    /// <param name="destination">At least 32 bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _w0);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _w1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _w2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _w3);
    }

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    public int CompareTo(Hash32 other)
    {
        int order = _w0.CompareTo(other._w0);
        order = order != 0 ? order : _w1.CompareTo(other._w1);
        order = order != 0 ? order : _w2.CompareTo(other._w2);
        return order != 0 ? order : _w3.CompareTo(other._w3);
    }

    /// <summary>A hash of a hash needs no mixing: the low word is uniform already.</summary>
    public override int GetHashCode() => unchecked((int)(_w3 ^ (_w3 >> 32)));

    /// <summary>0x and 64 lower-case hex digits.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"0x{_w0:x16}{_w1:x16}{_w2:x16}{_w3:x16}");
}
