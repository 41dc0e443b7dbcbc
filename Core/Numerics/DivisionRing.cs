namespace EnergyChain.Core.Numerics;

/// <summary>
/// Residues of any modulus as they are, reduced by long division: for exponents so short that entering another form
/// would cost more.
/// </summary>
/// <remarks>
/// Safety: modulus has the given limbs, shifted left by shift so that its highest bit is set; product has two times
/// the limbs and one more; both for the ring's lifetime.
/// </remarks>
internal readonly unsafe struct DivisionRing(ulong* modulus, int limbs, int shift, ulong* product) : IResidueRing
{
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

    private void Reduce(ulong* value)
    {
        _product[2 * Limbs] = 0;
        LimbRow.ShiftLeft(_product, (2 * Limbs) + 1, shift);
        LimbDivision.Reduce(_product, (2 * Limbs) + 1, _modulus, Limbs);
        LimbRow.ShiftRight(_product, Limbs, shift);
        new Span<ulong>(_product, Limbs).CopyTo(new Span<ulong>(value, Limbs));
    }
}
