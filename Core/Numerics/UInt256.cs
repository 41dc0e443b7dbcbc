using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace EnergyChain.Core.Numerics;

/// <summary>
/// An unsigned 256-bit integer in four 64-bit limbs, <c>L0</c> the least significant. The operators are for money:
/// they throw <see cref="OverflowException"/> when a result leaves 0..2^256-1. The Vm uses the named wrapping
/// methods, which compute modulo 2^256 as the EVM does.
/// </summary>
public readonly partial struct UInt256 : IEquatable<UInt256>, IComparable<UInt256>
{
    internal readonly ulong L0;
    internal readonly ulong L1;
    internal readonly ulong L2;
    internal readonly ulong L3;

    /// <summary>Limbs from least to most significant.</summary>
    public UInt256(ulong l0, ulong l1 = 0, ulong l2 = 0, ulong l3 = 0)
    {
        L0 = l0;
        L1 = l1;
        L2 = l2;
        L3 = l3;
    }

    public static UInt256 Zero => default;

    public static UInt256 One => new(1);

    public static UInt256 MaxValue => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    public bool IsZero => (L0 | L1 | L2 | L3) == 0;

    /// <summary>Whether the value is below 2^64.</summary>
    public bool FitsUInt64 => (L1 | L2 | L3) == 0;

    /// <summary>The value modulo 2^64.</summary>
    public ulong Low64 => L0;

    public static implicit operator UInt256(ulong value) => new(value);

    public static explicit operator ulong(UInt256 value) =>
        value.FitsUInt64 ? value.L0 : throw new OverflowException("The value does not fit into 64 bits.");

    public static bool operator ==(in UInt256 left, in UInt256 right) => left.Equals(right);

    public static bool operator !=(in UInt256 left, in UInt256 right) => !left.Equals(right);

    public static bool operator <(in UInt256 left, in UInt256 right) => Less(left, right);

    public static bool operator >(in UInt256 left, in UInt256 right) => Less(right, left);

    public static bool operator <=(in UInt256 left, in UInt256 right) => !Less(right, left);

    public static bool operator >=(in UInt256 left, in UInt256 right) => !Less(left, right);

    public static UInt256 operator +(in UInt256 left, in UInt256 right) =>
        AddOverflows(left, right, out UInt256 sum) ? throw new OverflowException("UInt256 sum") : sum;

    public static UInt256 operator -(in UInt256 left, in UInt256 right) =>
        SubtractUnderflows(left, right, out UInt256 difference)
            ? throw new OverflowException("UInt256 difference")
            : difference;

    public static UInt256 operator *(in UInt256 left, in UInt256 right) =>
        MultiplyOverflows(left, right, out UInt256 product) ? throw new OverflowException("UInt256 product") : product;

    /// <summary>The quotient, rounded down. Throws <see cref="DivideByZeroException"/>.</summary>
    public static UInt256 operator /(in UInt256 left, in UInt256 right) =>
        right.IsZero ? throw new DivideByZeroException() : Divide(left, right);

    /// <summary>The remainder. Throws <see cref="DivideByZeroException"/>.</summary>
    public static UInt256 operator %(in UInt256 left, in UInt256 right) =>
        right.IsZero ? throw new DivideByZeroException() : Remainder(left, right);

    /// <summary>left + right modulo 2^256; true when it wrapped.</summary>
    public static bool AddOverflows(in UInt256 left, in UInt256 right, out UInt256 sum)
    {
        unchecked
        {
            ulong carry = 0;
            ulong s0 = LimbCarry.Add(left.L0, right.L0, ref carry);
            ulong s1 = LimbCarry.Add(left.L1, right.L1, ref carry);
            ulong s2 = LimbCarry.Add(left.L2, right.L2, ref carry);
            ulong s3 = LimbCarry.Add(left.L3, right.L3, ref carry);
            sum = new UInt256(s0, s1, s2, s3);
            return carry != 0;
        }
    }

    /// <summary>left - right modulo 2^256; true when it wrapped.</summary>
    public static bool SubtractUnderflows(in UInt256 left, in UInt256 right, out UInt256 difference)
    {
        unchecked
        {
            ulong borrow = 0;
            ulong d0 = LimbCarry.Subtract(left.L0, right.L0, ref borrow);
            ulong d1 = LimbCarry.Subtract(left.L1, right.L1, ref borrow);
            ulong d2 = LimbCarry.Subtract(left.L2, right.L2, ref borrow);
            ulong d3 = LimbCarry.Subtract(left.L3, right.L3, ref borrow);
            difference = new UInt256(d0, d1, d2, d3);
            return borrow != 0;
        }
    }

    /// <param name="bytes">0 to 32 bytes, big-endian.</param>
    public static UInt256 FromBigEndian(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 32)
        {
            return new UInt256(
                BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
                BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
                BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
                BinaryPrimitives.ReadUInt64BigEndian(bytes));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, 32);
        Span<byte> word = stackalloc byte[32];
        word.Clear();
        bytes.CopyTo(word[(32 - bytes.Length)..]);
        return FromBigEndian(word);
    }

    /// <param name="destination">At least 32 bytes.</param>
    public void WriteBigEndian(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, L3);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], L2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], L1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], L0);
    }

    /// <summary>Throws <see cref="OverflowException"/> for a negative value or one over 2^256-1.</summary>
    public static UInt256 FromBigInteger(BigInteger value)
    {
        Span<byte> bytes = stackalloc byte[32];
        return value.Sign >= 0 && value.TryWriteBytes(bytes, out int written, isUnsigned: true, isBigEndian: true)
            ? FromBigEndian(bytes[..written])
            : throw new OverflowException("The value does not fit into 256 unsigned bits.");
    }

    public BigInteger ToBigInteger()
    {
        Span<byte> bytes = stackalloc byte[32];
        WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    /// <summary>Reads decimal digits, or hex digits after 0x. Signs, spaces and separators are refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out UInt256 value)
    {
        value = default;
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        NumberStyles style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        ReadOnlySpan<char> digits = isHex ? text[2..] : text;
        if (digits.IsEmpty || digits.Length > 78)
        {
            return false;
        }

        // A leading zero keeps BigInteger from reading a high hex digit as a sign.
        string padded = string.Concat("0", digits);
        if (!BigInteger.TryParse(padded, style, CultureInfo.InvariantCulture, out BigInteger number)
            || number.GetBitLength() > 256)
        {
            return false;
        }

        value = FromBigInteger(number);
        return true;
    }

    public bool Equals(UInt256 other) =>
        ((L0 ^ other.L0) | (L1 ^ other.L1) | (L2 ^ other.L2) | (L3 ^ other.L3)) == 0;

    public override bool Equals(object? obj) => obj is UInt256 other && Equals(other);

    public override int GetHashCode() => unchecked((int)(Mix(0) >> 32));

    /// <summary>
    /// 64 well-mixed bits of the value for hash tables. Whoever does not know <paramref name="seed"/> cannot choose
    /// many values that collide.
    /// </summary>
    public ulong Mix(ulong seed)
    {
        unchecked
        {
            // Folded products of keyed limbs: without the key nobody knows which difference a product carries over.
            ulong key = (seed * 0x9E3779B97F4A7C15UL) ^ 0xBF58476D1CE4E5B9UL;
            ulong low = WideProduct.Fold(L0 ^ seed ^ 0x94D049BB133111EBUL, L1 ^ key);
            ulong high = WideProduct.Fold(
                L2 ^ BitOperations.RotateLeft(key, 32), L3 ^ BitOperations.RotateLeft(key, 17));
            return WideProduct.Fold(low ^ key, high ^ 0x9E3779B97F4A7C15UL);
        }
    }

    public int CompareTo(UInt256 other) => Less(this, other) ? -1 : Equals(other) ? 0 : 1;

    /// <summary>Decimal digits.</summary>
    public override string ToString() =>
        FitsUInt64 ? L0.ToString(CultureInfo.InvariantCulture) : ToBigInteger().ToString(CultureInfo.InvariantCulture);

    private static bool Less(in UInt256 left, in UInt256 right)
    {
        if (left.L3 != right.L3)
        {
            return left.L3 < right.L3;
        }

        if (left.L2 != right.L2)
        {
            return left.L2 < right.L2;
        }

        return left.L1 != right.L1 ? left.L1 < right.L1 : left.L0 < right.L0;
    }
}
