namespace EnergyChain.Core.Numerics;

/// <summary>
/// Residues of an odd modulus m times R = 2^(64 limbs): products are reduced by multiplications alone (Montgomery,
/// "Modular multiplication without trial division", 1985).
/// </summary>
/// <remarks>Safety: modulus has the given limbs, product twice as many, both for the ring's lifetime.</remarks>
internal readonly unsafe struct MontgomeryRing(ulong* modulus, int limbs, ulong* product) : IResidueRing
{
    private readonly ulong _inverse = unchecked(0 - ModularPower.InverseOfOdd(modulus[0]));
    private readonly ulong* _modulus = modulus;
    private readonly ulong* _product = product;

    public int Limbs { get; } = limbs;

    public void Multiply(ulong* value, ulong* factor)
    {
        LimbRow.Multiply(_product, value, factor, Limbs);
        Reduce(value);
    }

    public void Square(ulong* value)
    {
        LimbRow.Square(_product, value, Limbs);
        Reduce(value);
    }

    /// <summary>The residue itself, below m, in place of value * R.</summary>
    public void Leave(ulong* value)
    {
        new Span<ulong>(value, Limbs).CopyTo(new Span<ulong>(_product, Limbs));
        new Span<ulong>(_product + Limbs, Limbs).Clear();
        Reduce(value);
    }

    /// <summary>value = product / R modulo m; the product is below m * R.</summary>
    private void Reduce(ulong* value)
    {
        unchecked
        {
            ulong* t = _product;
            int n = Limbs;
            ulong overflow = 0;
            for (int i = 0; i < n; i++)
            {
                ulong carry = LimbRow.AddProduct(t + i, _modulus, n, t[i] * _inverse);
                ulong partial = t[i + n] + carry;
                ulong sum = partial + overflow;
                overflow = (partial < carry ? 1UL : 0UL) | (sum < partial ? 1UL : 0UL);
                t[i + n] = sum;
            }

            if (overflow != 0 || !LimbRow.IsBelow(t + n, _modulus, n))
            {
                LimbRow.Subtract(t + n, _modulus, n);
            }

            new Span<ulong>(t + n, n).CopyTo(new Span<ulong>(value, n));
        }
    }
}
