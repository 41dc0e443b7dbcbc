namespace EnergyChain.Core.Numerics;

/// <summary>
/// The inner loops of arithmetic on numbers of any length: limbs of 64 bits, the least significant first.
/// </summary>
/// <remarks>Safety: every pointer leads to as many limbs as the length says; a result may be its own operand.</remarks>
internal static unsafe class LimbRow
{
    /// <summary>r += a * factor over the given length; what is carried out of it.</summary>
    public static ulong AddProduct(ulong* r, ulong* a, int length, ulong factor)
    {
        unchecked
        {
            ulong carry = 0;
            int i = 0;
            for (; i + 4 <= length; i += 4)
            {
                r[i] = WideProduct.MultiplyAdd(a[i], factor, r[i], ref carry);
                r[i + 1] = WideProduct.MultiplyAdd(a[i + 1], factor, r[i + 1], ref carry);
                r[i + 2] = WideProduct.MultiplyAdd(a[i + 2], factor, r[i + 2], ref carry);
                r[i + 3] = WideProduct.MultiplyAdd(a[i + 3], factor, r[i + 3], ref carry);
            }

            for (; i < length; i++)
            {
                r[i] = WideProduct.MultiplyAdd(a[i], factor, r[i], ref carry);
            }

            return carry;
        }
    }

    /// <summary>r -= a * factor over the given length; what has to be taken from the limb after it.</summary>
    public static ulong SubtractProduct(ulong* r, ulong* a, int length, ulong factor)
    {
        unchecked
        {
            ulong borrow = 0;
            for (int i = 0; i < length; i++)
            {
                ulong low = WideProduct.MultiplyAdd(a[i], factor, ref borrow);
                ulong before = r[i];
                r[i] = before - low;
                borrow += before < low ? 1UL : 0UL;
            }

            return borrow;
        }
    }

    /// <summary>r += a over the given length; the carry out of it.</summary>
    public static ulong Add(ulong* r, ulong* a, int length)
    {
        unchecked
        {
            ulong carry = 0;
            for (int i = 0; i < length; i++)
            {
                ulong partial = r[i] + a[i];
                ulong sum = partial + carry;
                carry = (partial < a[i] ? 1UL : 0UL) | (sum < partial ? 1UL : 0UL);
                r[i] = sum;
            }

            return carry;
        }
    }

    /// <summary>r -= a over the given length; the borrow out of it.</summary>
    public static ulong Subtract(ulong* r, ulong* a, int length)
    {
        unchecked
        {
            ulong borrow = 0;
            for (int i = 0; i < length; i++)
            {
                ulong before = r[i];
                ulong partial = before - a[i];
                r[i] = partial - borrow;
                borrow = (before < a[i] ? 1UL : 0UL) | (partial < borrow ? 1UL : 0UL);
            }

            return borrow;
        }
    }

    /// <summary>Whether left is below right, both of the given length.</summary>
    public static bool IsBelow(ulong* left, ulong* right, int length)
    {
        for (int i = length - 1; i >= 0; i--)
        {
            if (left[i] != right[i])
            {
                return left[i] < right[i];
            }
        }

        return false;
    }

    /// <summary>product = left * right, of twice the length; it must not overlap an operand.</summary>
    public static void Multiply(ulong* product, ulong* left, ulong* right, int length)
    {
        unchecked
        {
            new Span<ulong>(product, length).Clear();
            for (int i = 0; i < length; i++)
            {
                product[i + length] = AddProduct(product + i, left, length, right[i]);
            }
        }
    }

    /// <summary>product = value * value, of twice the length; it must not overlap the operand.</summary>
    public static void Square(ulong* product, ulong* value, int length)
    {
        unchecked
        {
            // Each pair of different limbs once, doubled afterwards while the squares of the limbs are added.
            new Span<ulong>(product, 2 * length).Clear();
            for (int i = 0; i < length - 1; i++)
            {
                product[length + i] = AddProduct(product + (2 * i) + 1, value + i + 1, length - 1 - i, value[i]);
            }

            ulong carry = 0;
            ulong shifted = 0;
            for (int i = 0; i < length; i++)
            {
                ulong even = product[2 * i];
                ulong odd = product[(2 * i) + 1];
                product[2 * i] = WideProduct.MultiplyAdd(value[i], value[i], (even << 1) | shifted, ref carry);
                ulong doubled = (odd << 1) | (even >> 63);
                shifted = odd >> 63;
                ulong sum = doubled + carry;
                carry = sum < doubled ? 1UL : 0UL;
                product[(2 * i) + 1] = sum;
            }
        }
    }

    /// <summary>value * 2^shift, for 0 to 63 bits, in place; bits shifted out are lost.</summary>
    public static void ShiftLeft(ulong* value, int length, int shift)
    {
        if (shift == 0)
        {
            return;
        }

        for (int i = length - 1; i > 0; i--)
        {
            value[i] = (value[i] << shift) | (value[i - 1] >> (64 - shift));
        }

        value[0] <<= shift;
    }

    /// <summary>value / 2^shift, for 0 to 63 bits, in place.</summary>
    public static void ShiftRight(ulong* value, int length, int shift)
    {
        if (shift == 0)
        {
            return;
        }

        for (int i = 0; i < length - 1; i++)
        {
            value[i] = (value[i] >> shift) | (value[i + 1] << (64 - shift));
        }

        value[length - 1] >>= shift;
    }

    /// <summary>Reads a big-endian number into limbs, zeros above it; the limbs must suffice.</summary>
    public static void Read(ulong* limbs, int length, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < length; i++)
        {
            ulong limb = 0;
            int end = bytes.Length - (8 * i);
            for (int at = Math.Max(0, end - 8); at < end; at++)
            {
                limb = (limb << 8) | bytes[at];
            }

            limbs[i] = limb;
        }
    }

    /// <summary>Writes the low bytes big-endian, as many as the destination holds.</summary>
    public static void Write(ulong* limbs, int length, Span<byte> destination)
    {
        destination.Clear();
        for (int i = 0; i < Math.Min(destination.Length, 8 * length); i++)
        {
            destination[destination.Length - 1 - i] = unchecked((byte)(limbs[i >> 3] >> (8 * (i & 7))));
        }
    }
}
