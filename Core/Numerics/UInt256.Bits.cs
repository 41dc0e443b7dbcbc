using System.Numerics;
using System.Runtime.CompilerServices;

namespace EnergyChain.Core.Numerics;

/// <content>Bitwise operations and shifts, as the EVM defines them.</content>
public readonly partial struct UInt256
{
    /// <summary>Bits up to the highest one set; zero for zero.</summary>
    public int BitLength =>
        L3 != 0 ? 256 - BitOperations.LeadingZeroCount(L3)
        : L2 != 0 ? 192 - BitOperations.LeadingZeroCount(L2)
        : L1 != 0 ? 128 - BitOperations.LeadingZeroCount(L1)
        : 64 - BitOperations.LeadingZeroCount(L0);

    /// <summary>Bit <paramref name="index"/>, 0 being the least significant; below 256.</summary>
    public bool Bit(int index)
    {
        ulong limb = (index >> 6) switch { 0 => L0, 1 => L1, 2 => L2, _ => L3 };
        return ((limb >> (index & 63)) & 1) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 And(in UInt256 left, in UInt256 right) =>
        new(left.L0 & right.L0, left.L1 & right.L1, left.L2 & right.L2, left.L3 & right.L3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 Or(in UInt256 left, in UInt256 right) =>
        new(left.L0 | right.L0, left.L1 | right.L1, left.L2 | right.L2, left.L3 | right.L3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 Xor(in UInt256 left, in UInt256 right) =>
        new(left.L0 ^ right.L0, left.L1 ^ right.L1, left.L2 ^ right.L2, left.L3 ^ right.L3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 Not(in UInt256 value) => new(~value.L0, ~value.L1, ~value.L2, ~value.L3);

    /// <summary>Byte <paramref name="index"/> of the 32 big-endian bytes; zero from 32 on.</summary>
    public static UInt256 Byte(in UInt256 value, in UInt256 index)
    {
        if (!index.FitsUInt64 || index.L0 >= 32)
        {
            return Zero;
        }

        int position = 31 - (int)index.L0;
        ulong limb = (position >> 3) switch { 0 => value.L0, 1 => value.L1, 2 => value.L2, _ => value.L3 };
        return (limb >> ((position & 7) * 8)) & 0xFF;
    }

    /// <summary>value * 2^bits modulo 2^256; zero from 256 bits on.</summary>
    public static UInt256 ShiftLeft(in UInt256 value, in UInt256 bits) =>
        bits.FitsUInt64 && bits.L0 < 256 ? ShiftLeft(value, (int)bits.L0) : Zero;

    /// <summary>value / 2^bits; zero from 256 bits on.</summary>
    public static UInt256 ShiftRight(in UInt256 value, in UInt256 bits) =>
        bits.FitsUInt64 && bits.L0 < 256 ? ShiftRight(value, (int)bits.L0) : Zero;

    /// <summary>value / 2^bits in two's complement, rounded down; 0 or -1 from 256 bits on.</summary>
    public static UInt256 ShiftRightSigned(in UInt256 value, in UInt256 bits)
    {
        if (!value.IsNegative)
        {
            return ShiftRight(value, bits);
        }

        return bits.FitsUInt64 && bits.L0 < 256 ? Not(ShiftRight(Not(value), (int)bits.L0)) : MaxValue;
    }

    internal static UInt256 ShiftLeft(in UInt256 value, int bits)
    {
        int shift = bits & 63;

        // Shifting by 64 - 0 would leave the limb as it is: two steps make it zero.
        ulong l0 = value.L0 << shift;
        ulong l1 = (value.L1 << shift) | (value.L0 >> 1 >> (63 - shift));
        ulong l2 = (value.L2 << shift) | (value.L1 >> 1 >> (63 - shift));
        ulong l3 = (value.L3 << shift) | (value.L2 >> 1 >> (63 - shift));
        return (bits >> 6) switch
        {
            0 => new UInt256(l0, l1, l2, l3),
            1 => new UInt256(0, l0, l1, l2),
            2 => new UInt256(0, 0, l0, l1),
            _ => new UInt256(0, 0, 0, l0),
        };
    }

    internal static UInt256 ShiftRight(in UInt256 value, int bits)
    {
        int shift = bits & 63;
        ulong l0 = (value.L0 >> shift) | (value.L1 << 1 << (63 - shift));
        ulong l1 = (value.L1 >> shift) | (value.L2 << 1 << (63 - shift));
        ulong l2 = (value.L2 >> shift) | (value.L3 << 1 << (63 - shift));
        ulong l3 = value.L3 >> shift;
        return (bits >> 6) switch
        {
            0 => new UInt256(l0, l1, l2, l3),
            1 => new UInt256(l1, l2, l3),
            2 => new UInt256(l2, l3),
            _ => new UInt256(l3),
        };
    }
}
