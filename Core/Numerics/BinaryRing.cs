namespace EnergyChain.Core.Numerics;

/// <summary>Residues modulo 2^(64 limbs): the upper half of a product is not computed.</summary>
/// <remarks>Safety: product has the given limbs for the ring's lifetime.</remarks>
internal readonly unsafe struct BinaryRing(int limbs, ulong* product) : IResidueRing
{
    private readonly ulong* _product = product;

    public int Limbs { get; } = limbs;

    public void Multiply(ulong* value, ulong* factor)
    {
        unchecked
        {
            Span<ulong> result = new(_product, Limbs);
            result.Clear();
            for (int i = 0; i < Limbs; i++)
            {
                LimbRow.AddProduct(_product + i, value, Limbs - i, factor[i]);
            }

            result.CopyTo(new Span<ulong>(value, Limbs));
        }
    }

    public void Square(ulong* value) => Multiply(value, value);
}
