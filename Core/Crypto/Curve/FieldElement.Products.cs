using System.Runtime.CompilerServices;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Core.Crypto.Curve;

/// <content>Products, powers, inverses and square roots.</content>
internal readonly partial struct FieldElement
{
    public static FieldElement operator *(in FieldElement left, in FieldElement right)
    {
        (ulong a0, ulong a1, ulong a2, ulong a3) = (left._l0, left._l1, left._l2, left._l3);
        (ulong b0, ulong b1, ulong b2, ulong b3) = (right._l0, right._l1, right._l2, right._l3);
        ulong carry = WideProduct.Multiply(a0, b0, out ulong p0);
        ulong p1 = WideProduct.MultiplyAdd(a0, b1, ref carry);
        ulong p2 = WideProduct.MultiplyAdd(a0, b2, ref carry);
        ulong p3 = WideProduct.MultiplyAdd(a0, b3, ref carry);
        ulong p4 = carry;

        carry = 0;
        p1 = WideProduct.MultiplyAdd(a1, b0, p1, ref carry);
        p2 = WideProduct.MultiplyAdd(a1, b1, p2, ref carry);
        p3 = WideProduct.MultiplyAdd(a1, b2, p3, ref carry);
        p4 = WideProduct.MultiplyAdd(a1, b3, p4, ref carry);
        ulong p5 = carry;

        carry = 0;
        p2 = WideProduct.MultiplyAdd(a2, b0, p2, ref carry);
        p3 = WideProduct.MultiplyAdd(a2, b1, p3, ref carry);
        p4 = WideProduct.MultiplyAdd(a2, b2, p4, ref carry);
        p5 = WideProduct.MultiplyAdd(a2, b3, p5, ref carry);
        ulong p6 = carry;

        carry = 0;
        p3 = WideProduct.MultiplyAdd(a3, b0, p3, ref carry);
        p4 = WideProduct.MultiplyAdd(a3, b1, p4, ref carry);
        p5 = WideProduct.MultiplyAdd(a3, b2, p5, ref carry);
        p6 = WideProduct.MultiplyAdd(a3, b3, p6, ref carry);
        return Reduced(p0, p1, p2, p3, p4, p5, p6, carry);
    }

    /// <summary>The product with itself: each pair of different limbs is multiplied once and counted twice.</summary>
    public FieldElement Square()
    {
        unchecked
        {
            (ulong a0, ulong a1, ulong a2, ulong a3) = (_l0, _l1, _l2, _l3);
            ulong carry = WideProduct.Multiply(a0, a1, out ulong p1);
            ulong p2 = WideProduct.MultiplyAdd(a0, a2, ref carry);
            ulong p3 = WideProduct.MultiplyAdd(a0, a3, ref carry);
            ulong p4 = carry;
            carry = 0;
            p3 = WideProduct.MultiplyAdd(a1, a2, p3, ref carry);
            p4 = WideProduct.MultiplyAdd(a1, a3, p4, ref carry);
            ulong p5 = carry;
            carry = 0;
            p5 = WideProduct.MultiplyAdd(a2, a3, p5, ref carry);
            ulong p6 = carry;
            ulong p7 = p6 >> 63;
            p6 = (p6 << 1) | (p5 >> 63);
            p5 = (p5 << 1) | (p4 >> 63);
            p4 = (p4 << 1) | (p3 >> 63);
            p3 = (p3 << 1) | (p2 >> 63);
            p2 = (p2 << 1) | (p1 >> 63);
            p1 <<= 1;
            ulong high = WideProduct.Multiply(a0, a0, out ulong p0);
            carry = 0;
            p1 = LimbCarry.Add(p1, high, ref carry);
            high = WideProduct.Multiply(a1, a1, out ulong low);
            p2 = LimbCarry.Add(p2, low, ref carry);
            p3 = LimbCarry.Add(p3, high, ref carry);
            high = WideProduct.Multiply(a2, a2, out low);
            p4 = LimbCarry.Add(p4, low, ref carry);
            p5 = LimbCarry.Add(p5, high, ref carry);
            high = WideProduct.Multiply(a3, a3, out low);
            p6 = LimbCarry.Add(p6, low, ref carry);
            p7 += high + carry;
            return Reduced(p0, p1, p2, p3, p4, p5, p6, p7);
        }
    }

    /// <summary>1 / this; zero for zero.</summary>
    public FieldElement Inverse() => new(ModularInverse.OfSecp256k1Field(Normalize()));

    /// <summary>A square root, this to the power of (p + 1) / 4; false when there is none.</summary>
    public bool TrySquareRoot(out FieldElement root)
    {
        // The exponent's blocks of ones have lengths 2, 22 and 223; x(n) is this to the power of 2^n - 1.
        FieldElement x2 = Squared(this, 1) * this;
        FieldElement x3 = Squared(x2, 1) * this;
        FieldElement x6 = Squared(x3, 3) * x3;
        FieldElement x9 = Squared(x6, 3) * x3;
        FieldElement x11 = Squared(x9, 2) * x2;
        FieldElement x22 = Squared(x11, 11) * x11;
        FieldElement x44 = Squared(x22, 22) * x22;
        FieldElement x88 = Squared(x44, 44) * x44;
        FieldElement x176 = Squared(x88, 88) * x88;
        FieldElement x220 = Squared(x176, 44) * x44;
        FieldElement x223 = Squared(x220, 3) * x3;
        FieldElement x246 = Squared(x223, 23) * x22;
        root = Squared(Squared(x246, 6) * x2, 2);
        return root.Square() == this;
    }

    private static FieldElement Squared(in FieldElement value, int times)
    {
        FieldElement result = value;
        for (int i = 0; i < times; i++)
        {
            result = result.Square();
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Reduced(
        ulong p0, ulong p1, ulong p2, ulong p3, ulong p4, ulong p5, ulong p6, ulong p7)
    {
        unchecked
        {
            ulong carry = 0;
            p0 = WideProduct.MultiplyAdd(p4, Fold, p0, ref carry);
            p1 = WideProduct.MultiplyAdd(p5, Fold, p1, ref carry);
            p2 = WideProduct.MultiplyAdd(p6, Fold, p2, ref carry);
            p3 = WideProduct.MultiplyAdd(p7, Fold, p3, ref carry);

            // Here a carry is as likely as none, so that branches would be guessed wrong.
            ulong high = WideProduct.Multiply(carry, Fold, out ulong low);
            p0 += low;
            carry = high + (p0 < low ? 1UL : 0UL);
            p1 += carry;
            carry = p1 < carry ? 1UL : 0UL;
            p2 += carry;
            carry = p2 < carry ? 1UL : 0UL;
            p3 += carry;
            carry = p3 < carry ? 1UL : 0UL;

            // After this carry the value is below 2^66: a carry out of the lowest limb ends in the next one.
            ulong fold = Fold & (0 - carry);
            p0 += fold;
            p1 += p0 < fold ? 1UL : 0UL;
            return new FieldElement(p0, p1, p2, p3);
        }
    }
}
