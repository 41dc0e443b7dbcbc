namespace EnergyChain.Core.Numerics;

/// <summary>Products modulo some number, of residues in a form of the ring's own.</summary>
/// <remarks>Safety: every pointer leads to as many limbs as <see cref="Limbs"/> says.</remarks>
internal unsafe interface IResidueRing
{
    /// <summary>Limbs of a residue.</summary>
    int Limbs { get; }

    /// <summary>value *= factor; they may be the same.</summary>
    void Multiply(ulong* value, ulong* factor);

    /// <summary>value *= value.</summary>
    void Square(ulong* value);
}
