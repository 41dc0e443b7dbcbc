using System.Runtime.CompilerServices;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Core.Crypto.Curve;

/// <summary>
/// An element of secp256k1's field, the integers modulo p = 2^256 - 2^32 - 977 (SEC 2, 2.4.1), held as any of its
/// representatives below 2^256; <see cref="Normalize"/> gives the one below p. Not constant in time: for public values.
/// </summary>
internal readonly partial struct FieldElement(ulong l0, ulong l1, ulong l2, ulong l3)
{
    /// <summary>2^256 - p: a carry out of the top counts this much.</summary>
    private const ulong Fold = 0x1_0000_03D1;

    private readonly ulong _l0 = l0;
    private readonly ulong _l1 = l1;
    private readonly ulong _l2 = l2;
    private readonly ulong _l3 = l3;

    public FieldElement(in UInt256 value)
        : this(value.L0, value.L1, value.L2, value.L3)
    {
    }

    public static UInt256 Prime => new(unchecked(0 - Fold), ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    public static FieldElement One => new(1, 0, 0, 0);

    public bool IsZero => Normalize().IsZero;

    public bool IsOdd => (Normalize().L0 & 1) != 0;

    /// <summary>The representative below p.</summary>
    public UInt256 Normalize()
    {
        UInt256 value = new(_l0, _l1, _l2, _l3);
        return UInt256.SubtractUnderflows(value, Prime, out UInt256 reduced) ? value : reduced;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator +(in FieldElement left, in FieldElement right)
    {
        unchecked
        {
            ulong r0 = left._l0 + right._l0;
            ulong carry = r0 < right._l0 ? 1UL : 0UL;
            ulong r1 = LimbCarry.Add(left._l1, right._l1, ref carry);
            ulong r2 = LimbCarry.Add(left._l2, right._l2, ref carry);
            ulong r3 = LimbCarry.Add(left._l3, right._l3, ref carry);

            // What was carried, 2^256, is Fold modulo p; adding that carries once more only from values near 2^256.
            ulong fold = Fold & (0 - carry);
            r0 += fold;
            carry = r0 < fold ? 1UL : 0UL;
            if (carry != 0)
            {
                r1 = LimbCarry.Add(r1, 0, ref carry);
                r2 = LimbCarry.Add(r2, 0, ref carry);
                r3 = LimbCarry.Add(r3, 0, ref carry);
                r0 += Fold & (0 - carry);
            }

            return new FieldElement(r0, r1, r2, r3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator -(in FieldElement left, in FieldElement right)
    {
        unchecked
        {
            ulong borrow = left._l0 < right._l0 ? 1UL : 0UL;
            ulong r0 = left._l0 - right._l0;
            ulong r1 = LimbCarry.Subtract(left._l1, right._l1, ref borrow);
            ulong r2 = LimbCarry.Subtract(left._l2, right._l2, ref borrow);
            ulong r3 = LimbCarry.Subtract(left._l3, right._l3, ref borrow);

            // What was borrowed, 2^256, is Fold modulo p; taking that away can borrow once more, from values near 0.
            ulong fold = Fold & (0 - borrow);
            borrow = r0 < fold ? 1UL : 0UL;
            r0 -= fold;
            if (borrow != 0)
            {
                r1 = LimbCarry.Subtract(r1, 0, ref borrow);
                r2 = LimbCarry.Subtract(r2, 0, ref borrow);
                r3 = LimbCarry.Subtract(r3, 0, ref borrow);
                r0 -= Fold & (0 - borrow);
            }

            return new FieldElement(r0, r1, r2, r3);
        }
    }

    public static FieldElement operator -(in FieldElement value) => default(FieldElement) - value;

    public static bool operator ==(in FieldElement left, in FieldElement right) =>
        left.Normalize() == right.Normalize();

    public static bool operator !=(in FieldElement left, in FieldElement right) => !(left == right);

    public override bool Equals(object? obj) => obj is FieldElement other && this == other;

    public override int GetHashCode() => Normalize().GetHashCode();
}
