using EnergyChain.Core.Numerics;

namespace EnergyChain.Core.Crypto.Curve;

/// <summary>A point of secp256k1, y^2 = x^3 + 7, other than infinity.</summary>
internal readonly struct AffinePoint(in FieldElement x, in FieldElement y)
{
    public readonly FieldElement X = x;
    public readonly FieldElement Y = y;

    /// <summary>The group's base point (SEC 2, 2.4.1).</summary>
    public static AffinePoint Generator => new(
        new FieldElement(0x59F2815B16F81798, 0x029BFCDB2DCE28D9, 0x55A06295CE870B07, 0x79BE667EF9DCBBAC),
        new FieldElement(0x9C47D08FFB10D4B8, 0xFD17B448A6855419, 0x5DA4FBFC0E1108A8, 0x483ADA7726A3C465));

    /// <summary>The point with this x, below p, and a y of the given parity; false when there is none.</summary>
    public static bool TryDecompress(in UInt256 x, bool isOdd, out AffinePoint point)
    {
        FieldElement fieldX = new(x);
        FieldElement square = (fieldX.Square() * fieldX) + new FieldElement(7, 0, 0, 0);
        bool exists = square.TrySquareRoot(out FieldElement y);
        point = new AffinePoint(fieldX, y.IsOdd == isOdd ? y : -y);
        return exists;
    }

    /// <summary>The point or, where asked, its negative.</summary>
    public AffinePoint Signed(bool isNegative) => isNegative ? new AffinePoint(X, -Y) : this;

    /// <summary>Lambda times the point, for one multiplication (<see cref="CurveScalar.Split"/>).</summary>
    public AffinePoint TimesLambda() => new(X * CurveScalar.Beta, Y);
}
