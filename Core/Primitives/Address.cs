using System.Buffers.Binary;
using System.Numerics;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Core.Primitives;

/// <summary>
/// A 20-byte account address. Of a key it is the first 20 bytes of BLAKE2b-256(public key); of a contract what
/// CREATE or CREATE2 of the EVM gives. Ordered as big-endian bytes.
/// </summary>
public readonly record struct Address : IComparable<Address>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 20;

    private readonly ulong _high;
    private readonly ulong _middle;
    private readonly uint _low;

    /// <param name="bytes">Exactly 20 bytes.</param>
    public Address(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size);
        _high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _middle = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _low = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    /// <summary>20 zero bytes: nobody's address.</summary>
    public static Address Zero => default;

    public bool IsZero => (_high | _middle | _low) == 0;

    /// <summary>The address whose last bytes are <paramref name="number"/>, as predeployed contracts have.</summary>
    public static Address FromNumber(uint number)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], number);
        return new Address(bytes);
    }

    /// <summary>
    /// Reads 40 hex digits, with or without 0x. Mixed-case text must carry a right EIP-55 checksum, so that a mistyped
    /// address is refused; all-lower and all-upper text carries none.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Address address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (!Hex.TryDecodeExact(text, bytes))
        {
            return false;
        }

        Address parsed = new(bytes);
        ReadOnlySpan<char> digits = text[^(Size * 2)..];
        bool mixed = digits.ContainsAnyInRange('a', 'f') && digits.ContainsAnyInRange('A', 'F');
        if (mixed && !digits.SequenceEqual(parsed.ToString().AsSpan(2)))
        {
            return false;
        }

        address = parsed;
        return true;
    }

    /// <param name="destination">At least 20 bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _middle);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _low);
    }

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    public int CompareTo(Address other)
    {
        int order = _high.CompareTo(other._high);
        order = order != 0 ? order : _middle.CompareTo(other._middle);
        return order != 0 ? order : _low.CompareTo(other._low);
    }

    /// <summary>
    /// 64 well-mixed bits of the address for hash tables. Whoever does not know <paramref name="seed"/> cannot choose
    /// many addresses that collide.
    /// </summary>
    public ulong Mix(ulong seed)
    {
        ulong key = unchecked(seed * 0x9E3779B97F4A7C15UL) ^ 0xBF58476D1CE4E5B9UL;
        ulong mixed = WideProduct.Fold(_high ^ seed ^ 0x94D049BB133111EBUL, _middle ^ key);
        return WideProduct.Fold(mixed ^ key, _low ^ BitOperations.RotateLeft(key, 32));
    }

    /// <summary>
    /// Spreads contract addresses with small numbers as well as hashed ones. Where outsiders choose the addresses,
    /// <see cref="AddressComparer"/> is for the table.
    /// </summary>
    public override int GetHashCode()
    {
        ulong mixed = unchecked((_high ^ _middle ^ _low) * 0x9E3779B97F4A7C15UL);
        return unchecked((int)(mixed >> 32));
    }

    /// <summary>0x and 40 hex digits whose case is the checksum of EIP-55.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        Span<char> lower = stackalloc char[Size * 2];
        Convert.TryToHexStringLower(bytes, lower, out _);
        Span<byte> ascii = stackalloc byte[Size * 2];
        for (int i = 0; i < lower.Length; i++)
        {
            ascii[i] = (byte)lower[i];
        }

        Span<byte> hash = stackalloc byte[Hash32.Size];
        Keccak256.Hash(ascii, hash);
        for (int i = 0; i < lower.Length; i++)
        {
            int nibble = (hash[i / 2] >> ((i & 1) == 0 ? 4 : 0)) & 0xF;
            lower[i] = nibble >= 8 ? char.ToUpperInvariant(lower[i]) : lower[i];
        }

        return string.Concat("0x", lower);
    }
}
