namespace EnergyChain.Core.Crypto.Curve;

/// <summary>
/// A point of secp256k1 as (X / Z^2, Y / Z^3), which adds without division; infinity where Z is zero. The formulas are
/// those of the Explicit-Formulas Database for a = 0.
/// </summary>
internal struct JacobianPoint
{
    public FieldElement X;
    public FieldElement Y;
    public FieldElement Z;

    /// <summary>Infinity is marked, as finding a zero Z by its value would cost a reduction at every step.</summary>
    public bool IsInfinity;

    public static JacobianPoint Infinity => new() { IsInfinity = true };

    public JacobianPoint(in AffinePoint point)
    {
        X = point.X;
        Y = point.Y;
        Z = FieldElement.One;
    }

    /// <summary>Three multiplications and four squares; no point of this curve has y = 0.</summary>
    public void Double()
    {
        if (IsInfinity)
        {
            return;
        }

        FieldElement yy = Y.Square();
        FieldElement xyy = X * yy;
        FieldElement slope = X.Square();
        slope = slope + slope + slope;
        Z = Y * Z;
        Z += Z;
        xyy += xyy;
        xyy += xyy;
        X = slope.Square() - (xyy + xyy);
        FieldElement yyyy = yy.Square();
        yyyy += yyyy;
        yyyy += yyyy;
        Y = (slope * (xyy - X)) - (yyyy + yyyy);
    }

    /// <summary>Adds a point: eight multiplications and three squares.</summary>
    public void Add(in AffinePoint point) => Add(point, out _);

    /// <summary>The same; Z was multiplied by <paramref name="factor"/>, unless a point was infinity.</summary>
    public void Add(in AffinePoint point, out FieldElement factor)
    {
        factor = FieldElement.One;
        if (IsInfinity)
        {
            this = new JacobianPoint(point);
            return;
        }

        FieldElement zz = Z.Square();
        FieldElement h = (point.X * zz) - X;
        FieldElement slope = (point.Y * (zz * Z)) - Y;
        if (h.IsZero)
        {
            if (slope.IsZero)
            {
                Double();
            }
            else
            {
                this = Infinity;
            }

            return;
        }

        factor = h;
        FieldElement hh = h.Square();
        FieldElement hhh = hh * h;
        FieldElement v = X * hh;
        X = slope.Square() - hhh - (v + v);
        Y = (slope * (v - X)) - (Y * hhh);
        Z *= h;
    }

    /// <summary>Not for infinity.</summary>
    public readonly AffinePoint ToAffine()
    {
        FieldElement inverse = Z.Inverse();
        FieldElement square = inverse.Square();
        return new AffinePoint(X * square, Y * (square * inverse));
    }
}
