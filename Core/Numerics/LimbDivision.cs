using System.Numerics;
using System.Runtime.CompilerServices;

namespace EnergyChain.Core.Numerics;

/// <summary>
/// Division of multi-limb numbers: Knuth's algorithm D with the reciprocals of Möller and Granlund, "Improved
/// division by invariant integers" (IEEE Transactions on Computers, 2011), which need no 128-by-64 division.
/// </summary>
internal static unsafe partial class LimbDivision
{
    /// <summary>The remainder of numerator / divisor; the quotient goes to <paramref name="quotient"/>.</summary>
    /// <remarks>
    /// Safety: numerator points to <paramref name="length"/> + 1 limbs, the last being scratch, and is overwritten;
    /// quotient points to at least <paramref name="length"/> limbs, the unused ones zero. The divisor is not zero.
    /// </remarks>
    [SkipLocalsInit]
    public static UInt256 Divide(ulong* numerator, int length, in UInt256 divisor, ulong* quotient)
    {
        int limbs = (divisor.BitLength + 63) >> 6;
        ulong* d = stackalloc ulong[4];
        d[0] = divisor.L0;
        d[1] = divisor.L1;
        d[2] = divisor.L2;
        d[3] = divisor.L3;
        int shift = BitOperations.LeadingZeroCount(d[limbs - 1]);
        numerator[length] = 0;
        if (shift != 0)
        {
            LimbRow.ShiftLeft(d, limbs, shift);
            LimbRow.ShiftLeft(numerator, length + 1, shift);
        }

        ulong* r = stackalloc ulong[5];
        new Span<ulong>(r, 5).Clear();
        if (limbs == 1)
        {
            r[0] = DivideByOne(numerator, length + 1, d[0], quotient);
        }
        else
        {
            if (length >= limbs)
            {
                DivideByMany(numerator, length + 1, d, limbs, quotient);
            }

            for (int i = 0; i < limbs && i <= length; i++)
            {
                r[i] = numerator[i];
            }
        }

        if (shift != 0)
        {
            LimbRow.ShiftRight(r, limbs, shift);
        }

        return new UInt256(r[0], r[1], r[2], r[3]);
    }

    /// <summary>The remainder of u / d, left in the low limbs of u.</summary>
    /// <remarks>
    /// Safety: u has length limbs, more than limbs, the highest of them zero before u and d were shifted left until
    /// the highest bit of d was set.
    /// </remarks>
    public static void Reduce(ulong* u, int length, ulong* d, int limbs)
    {
        if (limbs == 1)
        {
            u[0] = DivideByOne(u, length, d[0], null);
        }
        else
        {
            DivideByMany(u, length, d, limbs, null);
        }
    }

    // Safety: u has length limbs, the highest below d; q has length - 1, or is null for nowhere.
    private static ulong DivideByOne(ulong* u, int length, ulong d, ulong* q)
    {
        ulong reciprocal = Reciprocal(d);
        ulong remainder = u[length - 1];
        for (int i = length - 2; i >= 0; i--)
        {
            ulong digit = DivideTwoByOne(remainder, u[i], d, reciprocal, out remainder);
            if (q is not null)
            {
                q[i] = digit;
            }
        }

        return remainder;
    }

    // Safety: u has length limbs, d has limbs >= 2, q has length - limbs or is null; the remainder is left in u.
    private static void DivideByMany(ulong* u, int length, ulong* d, int limbs, ulong* q)
    {
        unchecked
        {
            ulong high = d[limbs - 1];
            ulong low = d[limbs - 2];
            ulong reciprocal = Reciprocal(high, low);
            for (int j = length - limbs - 1; j >= 0; j--)
            {
                ulong* top = u + j + limbs;
                ulong digit;
                if (top[0] == high && top[-1] == low)
                {
                    digit = ulong.MaxValue;
                    top[0] -= LimbRow.SubtractProduct(u + j, d, limbs, digit);
                }
                else
                {
                    digit = DivideThreeByTwo(
                        top[0], top[-1], top[-2], high, low, reciprocal, out ulong rHigh, out ulong rLow);
                    ulong overflow = LimbRow.SubtractProduct(u + j, d, limbs - 2, digit);
                    ulong newLow = rLow - overflow;
                    ulong borrow = rLow < overflow ? 1UL : 0UL;
                    bool under = rHigh < borrow;
                    top[-2] = newLow;
                    top[-1] = rHigh - borrow;
                    top[0] = 0;
                    if (under)
                    {
                        digit--;
                        top[-1] += high + LimbRow.Add(u + j, d, limbs - 1);
                    }
                }

                if (q is not null)
                {
                    q[j] = digit;
                }
            }
        }
    }

    /// <summary>floor((2^128 - 1) / d) - 2^64 for d with its highest bit set (algorithm 2 of the paper).</summary>
    private static ulong Reciprocal(ulong d)
    {
        unchecked
        {
            // The table of the paper, computed: one short 32-bit division.
            ulong v0 = 0x7FD00U / (uint)(d >> 55);
            ulong d40 = (d >> 24) + 1;
            ulong v1 = (v0 << 11) - (uint)((v0 * v0 * d40) >> 40) - 1;
            ulong v2 = (v1 << 13) + ((v1 * (0x1000000000000000UL - (v1 * d40))) >> 47);
            ulong d0 = d & 1;
            ulong d63 = (d >> 1) + d0;
            ulong e = ((v2 >> 1) & (0 - d0)) - (v2 * d63);
            ulong v3 = (WideProduct.Multiply(v2, e, out _) >> 1) + (v2 << 31);
            ulong high = WideProduct.Multiply(v3, d, out ulong low);
            high += low + d < low ? 1UL : 0UL;
            return v3 - high - d;
        }
    }

    /// <summary>The reciprocal for division by two limbs (algorithm 6 of the paper).</summary>
    private static ulong Reciprocal(ulong high, ulong low)
    {
        unchecked
        {
            ulong v = Reciprocal(high);
            ulong p = (high * v) + low;
            if (p < low)
            {
                v--;
                if (p >= high)
                {
                    v--;
                    p -= high;
                }

                p -= high;
            }

            ulong tHigh = WideProduct.Multiply(v, low, out ulong tLow);
            p += tHigh;
            if (p < tHigh)
            {
                v--;
                if (p >= high && (p > high || tLow >= low))
                {
                    v--;
                }
            }

            return v;
        }
    }

    /// <summary>Algorithm 4 of the paper; high is below d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DivideTwoByOne(ulong high, ulong low, ulong d, ulong reciprocal, out ulong remainder)
    {
        unchecked
        {
            ulong qHigh = WideProduct.Multiply(reciprocal, high, out ulong qLow);
            qLow += low;
            qHigh += high + (qLow < low ? 1UL : 0UL) + 1;
            ulong r = low - (qHigh * d);

            // As likely as not, so a mask instead of a branch that would be guessed wrong.
            ulong mask = 0 - (r > qLow ? 1UL : 0UL);
            qHigh += mask;
            r += d & mask;
            if (r >= d)
            {
                qHigh++;
                r -= d;
            }

            remainder = r;
            return qHigh;
        }
    }

    /// <summary>Algorithm 5 of the paper; (u2, u1) is below (high, low).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DivideThreeByTwo(
        ulong u2, ulong u1, ulong u0, ulong high, ulong low, ulong reciprocal, out ulong rHigh, out ulong rLow)
    {
        unchecked
        {
            ulong qHigh = WideProduct.Multiply(reciprocal, u2, out ulong qLow);
            qLow += u1;
            qHigh += u2 + (qLow < u1 ? 1UL : 0UL);
            ulong r1 = u1 - (qHigh * high);
            ulong tHigh = WideProduct.Multiply(low, qHigh, out ulong tLow);
            rLow = u0 - tLow;
            rHigh = r1 - tHigh - (u0 < tLow ? 1UL : 0UL);
            rHigh -= high + (rLow < low ? 1UL : 0UL);
            rLow -= low;
            qHigh++;

            // As likely as not, so a mask instead of a branch that would be guessed wrong.
            ulong mask = 0 - (rHigh >= qLow ? 1UL : 0UL);
            qHigh += mask;
            ulong addend = low & mask;
            rLow += addend;
            rHigh += (high & mask) + (rLow < addend ? 1UL : 0UL);
            if (rHigh >= high && (rHigh > high || rLow >= low))
            {
                qHigh++;
                rHigh -= high + (rLow < low ? 1UL : 0UL);
                rLow -= low;
            }

            return qHigh;
        }
    }
}
