using System.Runtime.CompilerServices;

namespace EnergyChain.Core.Numerics;

/// <summary>Sums and differences of two 64-bit limbs with a carry from limb to limb, which is 0 or 1.</summary>
internal static class LimbCarry
{
    /// <summary>left + right + carry modulo 2^64; what is over becomes the carry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong left, ulong right, ref ulong carry)
    {
        unchecked
        {
            ulong partial = left + right;
            ulong sum = partial + carry;
            carry = (partial < left ? 1UL : 0UL) | (sum < partial ? 1UL : 0UL);
            return sum;
        }
    }

    /// <summary>left - right - borrow modulo 2^64; what is missing becomes the borrow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Subtract(ulong left, ulong right, ref ulong borrow)
    {
        unchecked
        {
            ulong partial = left - right;
            ulong difference = partial - borrow;
            borrow = (left < right ? 1UL : 0UL) | (partial < borrow ? 1UL : 0UL);
            return difference;
        }
    }
}
