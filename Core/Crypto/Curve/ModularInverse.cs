using System.Numerics;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Core.Crypto.Curve;

/// <summary>
/// Inverses modulo the two primes of secp256k1 by the "divsteps" of Bernstein and Yang, "Fast constant-time gcd
/// computation and modular inversion" (2019), 62 at a time, in the variant of libsecp256k1 whose time varies with the
/// value. Numbers are five signed limbs of 62 bits, so that products of limbs leave room for sums.
/// </summary>
internal static class ModularInverse
{
    private const int Limbs = 5;
    private const int LimbBits = 62;
    private const ulong LimbMask = ulong.MaxValue >> 2;

    private static readonly ulong FieldInverse = InverseOfLimb(FieldElement.Prime.L0);
    private static readonly ulong OrderInverse = InverseOfLimb(CurveScalar.Order.L0);

    /// <summary>1 / value modulo p; zero for zero. The value is below p.</summary>
    public static UInt256 OfSecp256k1Field(in UInt256 value) => Invert(value, FieldElement.Prime, FieldInverse);

    /// <summary>1 / value modulo the order n; zero for zero. The value is below n.</summary>
    public static UInt256 OfSecp256k1Order(in UInt256 value) => Invert(value, CurveScalar.Order, OrderInverse);

    private static UInt256 Invert(in UInt256 value, in UInt256 modulus, ulong inverse)
    {
        Span<long> m = stackalloc long[Limbs];
        Span<long> f = stackalloc long[Limbs];
        Span<long> g = stackalloc long[Limbs];
        Span<long> d = stackalloc long[Limbs];
        Span<long> e = stackalloc long[Limbs];
        Split(modulus, m);
        Split(modulus, f);
        Split(value, g);
        d.Clear();
        e.Clear();
        e[0] = 1;
        long eta = -1;
        int length = Limbs;
        while (g[..length].ContainsAnyExcept(0L))
        {
            Steps steps = default;
            eta = steps.Run(eta, unchecked((ulong)f[0]), unchecked((ulong)g[0]));
            UpdateCoefficients(d, e, steps, m, inverse);
            UpdateValues(f, g, length, steps);
            length = Shorten(f, g, length);
        }

        return Join(d, isNegated: f[length - 1] < 0, m);
    }

    /// <summary>f and g are multiplied by the matrix of the steps and divided by 2^62, which is exact.</summary>
    private static void UpdateValues(Span<long> f, Span<long> g, int length, in Steps t)
    {
        unchecked
        {
            Int128 cf = (Multiply(t.U, f[0]) + Multiply(t.V, g[0])) >> LimbBits;
            Int128 cg = (Multiply(t.Q, f[0]) + Multiply(t.R, g[0])) >> LimbBits;
            for (int i = 1; i < length; i++)
            {
                (long fi, long gi) = (f[i], g[i]);
                cf += Multiply(t.U, fi) + Multiply(t.V, gi);
                cg += Multiply(t.Q, fi) + Multiply(t.R, gi);
                f[i - 1] = (long)((ulong)cf & LimbMask);
                g[i - 1] = (long)((ulong)cg & LimbMask);
                cf >>= LimbBits;
                cg >>= LimbBits;
            }

            f[length - 1] = (long)cf;
            g[length - 1] = (long)cg;
        }
    }

    /// <summary>The same for d and e modulo m: multiples of m make the division exact and keep them small.</summary>
    private static void UpdateCoefficients(Span<long> d, Span<long> e, in Steps t, Span<long> m, ulong inverse)
    {
        unchecked
        {
            long signD = d[Limbs - 1] >> 63;
            long signE = e[Limbs - 1] >> 63;
            long md = (t.U & signD) + (t.V & signE);
            long me = (t.Q & signD) + (t.R & signE);
            Int128 cd = Multiply(t.U, d[0]) + Multiply(t.V, e[0]);
            Int128 ce = Multiply(t.Q, d[0]) + Multiply(t.R, e[0]);
            md -= (long)(((inverse * (ulong)cd) + (ulong)md) & LimbMask);
            me -= (long)(((inverse * (ulong)ce) + (ulong)me) & LimbMask);
            cd = (cd + Multiply(m[0], md)) >> LimbBits;
            ce = (ce + Multiply(m[0], me)) >> LimbBits;
            for (int i = 1; i < Limbs; i++)
            {
                (long di, long ei) = (d[i], e[i]);
                cd += Multiply(t.U, di) + Multiply(t.V, ei) + Multiply(m[i], md);
                ce += Multiply(t.Q, di) + Multiply(t.R, ei) + Multiply(m[i], me);
                d[i - 1] = (long)((ulong)cd & LimbMask);
                e[i - 1] = (long)((ulong)ce & LimbMask);
                cd >>= LimbBits;
                ce >>= LimbBits;
            }

            d[Limbs - 1] = (long)cd;
            e[Limbs - 1] = (long)ce;
        }
    }

    /// <summary>Folds the top limbs into the ones below them when both are nothing but a sign.</summary>
    private static int Shorten(Span<long> f, Span<long> g, int length)
    {
        (long fTop, long gTop) = (f[length - 1], g[length - 1]);
        if (length < 2 || fTop != fTop >> 63 || gTop != gTop >> 63)
        {
            return length;
        }

        f[length - 2] |= fTop << LimbBits;
        g[length - 2] |= gTop << LimbBits;
        return length - 1;
    }

    private static void Split(in UInt256 value, Span<long> limbs)
    {
        unchecked
        {
            limbs[0] = (long)(value.L0 & LimbMask);
            limbs[1] = (long)(((value.L0 >> 62) | (value.L1 << 2)) & LimbMask);
            limbs[2] = (long)(((value.L1 >> 60) | (value.L2 << 4)) & LimbMask);
            limbs[3] = (long)(((value.L2 >> 58) | (value.L3 << 6)) & LimbMask);
            limbs[4] = (long)(value.L3 >> 56);
        }
    }

    /// <summary>d, or -d, from its range of -2m to m brought to 0 to m.</summary>
    private static UInt256 Join(Span<long> d, bool isNegated, Span<long> m)
    {
        unchecked
        {
            while (d[Limbs - 1] < 0)
            {
                AddScaled(d, m, 1);
            }

            if (isNegated && d.ContainsAnyExcept(0L))
            {
                for (int i = 0; i < Limbs; i++)
                {
                    d[i] = -d[i];
                }

                AddScaled(d, m, 1);
            }

            return new UInt256(
                (ulong)d[0] | ((ulong)d[1] << 62),
                ((ulong)d[1] >> 2) | ((ulong)d[2] << 60),
                ((ulong)d[2] >> 4) | ((ulong)d[3] << 58),
                ((ulong)d[3] >> 6) | ((ulong)d[4] << 56));
        }
    }

    private static void AddScaled(Span<long> d, Span<long> m, long factor)
    {
        unchecked
        {
            long carry = 0;
            for (int i = 0; i < Limbs; i++)
            {
                long sum = d[i] + (m[i] * factor) + carry;
                d[i] = i == Limbs - 1 ? sum : (long)((ulong)sum & LimbMask);
                carry = sum >> LimbBits;
            }
        }
    }

    private static Int128 Multiply(long left, long right)
    {
        unchecked
        {
            ulong high = WideProduct.Multiply((ulong)left, (ulong)right, out ulong low);
            high -= (ulong)((left >> 63) & right) + (ulong)((right >> 63) & left);
            return new Int128(high, low);
        }
    }

    /// <summary>The inverse modulo 2^62 of an odd limb.</summary>
    private static ulong InverseOfLimb(ulong limb) => ModularPower.InverseOfOdd(limb) & LimbMask;

    /// <summary>62 steps, which need only the low limbs of f and g: a matrix (u, v; q, r) times 2^62.</summary>
    private struct Steps
    {
        public long U;
        public long V;
        public long Q;
        public long R;

        /// <summary>The steps; eta, the paper's -delta, afterwards.</summary>
        public long Run(long eta, ulong f, ulong g)
        {
            unchecked
            {
                (ulong u, ulong v, ulong q, ulong r) = (1, 0, 0, 1);
                int left = LimbBits;
                while (true)
                {
                    int zeros = BitOperations.TrailingZeroCount(g | (ulong.MaxValue << left));
                    g >>= zeros;
                    u <<= zeros;
                    v <<= zeros;
                    eta -= zeros;
                    left -= zeros;
                    if (left == 0)
                    {
                        break;
                    }

                    if (eta < 0)
                    {
                        eta = -eta;
                        (f, g) = (g, 0 - f);
                        (u, q) = (q, 0 - u);
                        (v, r) = (r, 0 - v);
                    }

                    // The multiple of f that clears as many low bits of g as steps are sure to follow, up to six.
                    int limit = (int)Math.Min(Math.Min(eta + 1, left), 6);
                    ulong w = (f * g * ((f * f) - 2)) & (ulong.MaxValue >> (64 - limit));
                    g += f * w;
                    q += u * w;
                    r += v * w;
                }

                (U, V, Q, R) = ((long)u, (long)v, (long)q, (long)r);
                return eta;
            }
        }
    }
}
