using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace EnergyChain.Core.Numerics;

/// <summary>Products of two 64-bit limbs, with what is added to them: the steps of all long multiplication.</summary>
internal static class WideProduct
{
    /// <summary>The high limb of left * right; the low one goes to <paramref name="low"/>.</summary>
    /// <remarks>
    /// On x64 <see cref="Math.BigMul(ulong, ulong, out ulong)"/> returns the low limb through memory, which costs more
    /// than a second multiplication does.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Multiply(ulong left, ulong right, out ulong low)
    {
        if (Bmi2.X64.IsSupported)
        {
            low = unchecked(left * right);
            return Bmi2.X64.MultiplyNoFlags(left, right);
        }

        return Math.BigMul(left, right, out low);
    }

    /// <summary>
    /// The low limb of left * right + addend + carry; the high limb becomes the carry. It cannot overflow.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyAdd(ulong left, ulong right, ulong addend, ref ulong carry)
    {
        unchecked
        {
            ulong high = Multiply(left, right, out ulong low);
            low += addend;
            high += low < addend ? 1UL : 0UL;
            low += carry;
            high += low < carry ? 1UL : 0UL;
            carry = high;
            return low;
        }
    }

    /// <summary>The low limb of left * right + carry; the high limb becomes the carry. It cannot overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyAdd(ulong left, ulong right, ref ulong carry)
    {
        unchecked
        {
            ulong high = Multiply(left, right, out ulong low);
            low += carry;
            carry = high + (low < carry ? 1UL : 0UL);
            return low;
        }
    }

    /// <summary>Both halves of the product in one limb, for hash codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Fold(ulong left, ulong right)
    {
        ulong high = Multiply(left, right, out ulong low);
        return high ^ low;
    }
}
