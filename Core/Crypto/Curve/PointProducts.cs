using System.Runtime.CompilerServices;

namespace EnergyChain.Core.Crypto.Curve;

/// <summary>Sums of multiples of points: each scalar split in two halves, all four sharing their doublings.</summary>
internal static class PointProducts
{
    private const int GeneratorWidth = 8;
    private const int PointWidth = 5;
    private const int PointEntries = 1 << (PointWidth - 2);

    // 1, 3, 5 ... times the generator, and lambda times those.
    private static readonly AffinePoint[] GeneratorMultiples = OddMultiplesOfGenerator();
    private static readonly AffinePoint[] LambdaMultiples =
        [.. GeneratorMultiples.Select(static point => point.TimesLambda())];

    [InlineArray(PointEntries)]
    private struct PointTable
    {
        private AffinePoint _first;
    }

    [InlineArray(SignedHalf.MaxDigits)]
    private struct Digits
    {
        private sbyte _first;
    }

    /// <summary>generatorFactor * G + pointFactor * point; the factors are below n.</summary>
    public static JacobianPoint Sum(
        in Numerics.UInt256 generatorFactor, in AffinePoint point, in Numerics.UInt256 pointFactor)
    {
        Digits g1 = default;
        Digits g2 = default;
        Digits p1 = default;
        Digits p2 = default;
        Recode(generatorFactor, GeneratorWidth, g1, g2);
        Recode(pointFactor, PointWidth, p1, p2);
        PointTable multiples = default;
        FieldElement commonZ = FillOddMultiples(point, multiples);
        PointTable lambdas = default;
        for (int i = 0; i < PointEntries; i++)
        {
            lambdas[i] = multiples[i].TimesLambda();
        }

        JacobianPoint sum = JacobianPoint.Infinity;
        FieldElement zz = commonZ.Square();
        FieldElement zzz = zz * commonZ;
        for (int bit = SignedHalf.MaxDigits - 1; bit >= 0; bit--)
        {
            sum.Double();
            AddMultiple(ref sum, multiples, p1[bit]);
            AddMultiple(ref sum, lambdas, p2[bit]);
            AddScaled(ref sum, GeneratorMultiples, g1[bit], zz, zzz);
            AddScaled(ref sum, LambdaMultiples, g2[bit], zz, zzz);
        }

        sum.Z *= commonZ;
        return sum;
    }

    private static void Recode(in Numerics.UInt256 scalar, int width, Span<sbyte> first, Span<sbyte> second)
    {
        CurveScalar.Split(scalar, out SignedHalf low, out SignedHalf high);
        low.Recode(width, first);
        high.Recode(width, second);
    }

    private static void AddMultiple(ref JacobianPoint sum, ReadOnlySpan<AffinePoint> table, int digit)
    {
        if (digit != 0)
        {
            sum.Add(table[Math.Abs(digit) >> 1].Signed(digit < 0));
        }
    }

    /// <summary>
    /// Adds a multiple of the generator to a sum kept on the isomorphic curve of <see cref="FillOddMultiples"/>.
    /// </summary>
    private static void AddScaled(
        ref JacobianPoint sum, AffinePoint[] table, int digit, in FieldElement zz, in FieldElement zzz)
    {
        if (digit != 0)
        {
            AffinePoint entry = table[Math.Abs(digit) >> 1].Signed(digit < 0);
            sum.Add(new AffinePoint(entry.X * zz, entry.Y * zzz));
        }
    }

    /// <summary>
    /// The odd multiples of a point as if they all had Z = 1, though they have the Z that is returned: on the curve
    /// y^2 = x^3 + 7 Z^6, whose additions are the same formulas, they are affine, which spares inversions.
    /// </summary>
    private static FieldElement FillOddMultiples(in AffinePoint point, Span<AffinePoint> table)
    {
        JacobianPoint twice = new(point);
        twice.Double();

        // On the curve where twice the point is affine, the point itself has coordinates scaled by its Z.
        AffinePoint step = new(twice.X, twice.Y);
        FieldElement zz = twice.Z.Square();
        JacobianPoint current = new(new AffinePoint(point.X * zz, point.Y * (zz * twice.Z)));
        PointTable factors = default;
        table[0] = new AffinePoint(current.X, current.Y);
        for (int i = 1; i < table.Length; i++)
        {
            current.Add(step, out FieldElement factor);
            table[i] = new AffinePoint(current.X, current.Y);
            factors[i] = new AffinePoint(factor, factor);
        }

        FieldElement ratio = FieldElement.One;
        for (int i = table.Length - 2; i >= 0; i--)
        {
            ratio *= factors[i + 1].X;
            FieldElement square = ratio.Square();
            table[i] = new AffinePoint(table[i].X * square, table[i].Y * (square * ratio));
        }

        return current.Z * twice.Z;
    }

    private static AffinePoint[] OddMultiplesOfGenerator()
    {
        AffinePoint[] multiples = new AffinePoint[1 << (GeneratorWidth - 2)];
        JacobianPoint twice = new(AffinePoint.Generator);
        twice.Double();
        AffinePoint step = twice.ToAffine();
        JacobianPoint current = new(AffinePoint.Generator);
        for (int i = 0; i < multiples.Length; i++)
        {
            multiples[i] = current.ToAffine();
            current.Add(step);
        }

        return multiples;
    }
}
