using System.Buffers.Binary;
using System.Text;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Codec;

/// <summary>
/// Reads BCS from bytes that anyone may have sent. The first thing wrong sets <see cref="Error"/>, and from then on
/// every read gives a default value and every length 0, so that decoders are straight-line code and no exception
/// escapes. Check <see cref="Error"/> once at the end, or use <see cref="Bcs.TryDecode{T}"/>, which does.
/// </summary>
public ref struct BcsReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest;

    public BcsReader(ReadOnlySpan<byte> bytes)
    {
        _rest = bytes;
        Error = DecodeError.None;
    }

    /// <summary>The first thing wrong so far.</summary>
    public DecodeError Error { get; private set; }

    public readonly bool Failed => Error != DecodeError.None;

    public readonly int Remaining => _rest.Length;

    /// <summary>What was not read yet; empty after a failure.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Marks the input as bad; the first reason stays.</summary>
    public void Fail(DecodeError error)
    {
        Error = Failed ? Error : error;
        _rest = default;
    }

    public bool ReadBool()
    {
        byte flag = ReadU8();
        if (flag > 1)
        {
            Fail(DecodeError.BadFlag);
        }

        return flag == 1;
    }

    public byte ReadU8() => Take(1, out ReadOnlySpan<byte> bytes) ? bytes[0] : default;

    public ushort ReadU16() =>
        Take(2, out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : default;

    public uint ReadU32() =>
        Take(4, out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : default;

    public ulong ReadU64() =>
        Take(8, out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : default;

    public UInt256 ReadU256()
    {
        if (!Take(32, out ReadOnlySpan<byte> bytes))
        {
            return default;
        }

        Span<byte> bigEndian = stackalloc byte[32];
        bytes.CopyTo(bigEndian);
        bigEndian.Reverse();
        return UInt256.FromBigEndian(bigEndian);
    }

    /// <summary>A list length or variant of at most <paramref name="limit"/>.</summary>
    public int ReadLength(int limit)
    {
        ulong value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            byte digit = ReadU8();
            value |= (ulong)(digit & 0x7F) << shift;
            if ((digit & 0x80) != 0)
            {
                continue;
            }

            if ((digit == 0 && shift > 0) || value > uint.MaxValue)
            {
                break;
            }

            if (value > (ulong)limit)
            {
                Fail(DecodeError.LengthOverLimit);
            }

            return Failed ? 0 : (int)value;
        }

        Fail(DecodeError.NonCanonicalLength);
        return 0;
    }

    /// <summary>Bytes with their length in front, at most <paramref name="limit"/> of them, copied.</summary>
    public byte[] ReadBytes(int limit)
    {
        int length = ReadLength(limit);
        return Take(length, out ReadOnlySpan<byte> bytes) ? bytes.ToArray() : [];
    }

    /// <summary>Passes over bytes.</summary>
    public void Skip(int count) => Take(count, out _);

    public string ReadString(int limitBytes)
    {
        byte[] bytes = ReadBytes(limitBytes);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            Fail(DecodeError.BadText);
            return "";
        }
    }

    public Hash32 ReadHash() => Take(Hash32.Size, out ReadOnlySpan<byte> bytes) ? new Hash32(bytes) : default;

    public Address ReadAddress() => Take(Address.Size, out ReadOnlySpan<byte> bytes) ? new Address(bytes) : default;

    public PublicKey ReadPublicKey() =>
        Take(PublicKey.Size, out ReadOnlySpan<byte> bytes) ? new PublicKey(bytes) : default;

    public Signature ReadSignature() =>
        Take(Signature.Size, out ReadOnlySpan<byte> bytes) ? new Signature(bytes) : default;

    /// <summary>The next <paramref name="count"/> bytes, without copying; empty after a failure.</summary>
    public ReadOnlySpan<byte> ReadFixed(int count) => Take(count, out ReadOnlySpan<byte> bytes) ? bytes : default;

    private bool Take(int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (Failed || count > _rest.Length)
        {
            Fail(DecodeError.Truncated);
            return false;
        }

        bytes = _rest[..count];
        _rest = _rest[count..];
        return true;
    }
}
