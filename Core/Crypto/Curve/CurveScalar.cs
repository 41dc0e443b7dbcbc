using EnergyChain.Core.Numerics;

namespace EnergyChain.Core.Crypto.Curve;

/// <summary>
/// Numbers modulo n, the order of secp256k1's group (SEC 2, 2.4.1), and their split by the curve's endomorphism.
/// </summary>
internal static class CurveScalar
{
    // (x, y) -> (beta x, y) multiplies a point by lambda. The lattice basis below and its rounding constants are those
    // of libsecp256k1: a1 b2 - a2 b1 = n, g1 = round(2^384 b2 / n), g2 = round(2^384 (-b1) / n).
    private static readonly UInt256 Lambda =
        new(0xDF02967C1B23BD72, 0x122E22EA20816678, 0xA5261C028812645A, 0x5363AD4CC05C30E0);

    private static readonly UInt256 MinusB1 = new(0x6F547FA90ABFE4C3, 0xE4437ED6010E8828);

    private static readonly UInt256 MinusB2 =
        new(0xD765CDA83DB1562C, 0x8A280AC50774346D, 0xFFFFFFFFFFFFFFFE, 0xFFFFFFFFFFFFFFFF);

    private static readonly UInt256 Rounding1 =
        new(0xE893209A45DBB031, 0x3DAA8A1471E8CA7F, 0xE86C90E49284EB15, 0x3086D221A7D46BCD);

    private static readonly UInt256 Rounding2 =
        new(0x1571B4AE8AC47F71, 0x221208AC9DF506C6, 0x6F547FA90ABFE4C4, 0xE4437ED6010E8828);

    public static UInt256 Order => new(0xBFD25E8CD0364141, 0xBAAEDCE6AF48A03B, 0xFFFFFFFFFFFFFFFE, ulong.MaxValue);

    /// <summary>The endomorphism's factor for x.</summary>
    public static FieldElement Beta =>
        new(0xC1396C28719501EE, 0x9CF0497512F58995, 0x6E64479EAC3434E9, 0x7AE96A2B657C0710);

    public static UInt256 Multiply(in UInt256 left, in UInt256 right) => UInt256.MultiplyModulo(left, right, Order);

    /// <summary>0 - value, for a value below n.</summary>
    public static UInt256 Negate(in UInt256 value) => value.IsZero ? value : UInt256.Subtract(Order, value);

    /// <summary>
    /// scalar = first + second * lambda modulo n, both below 2^128 but for their signs: half the doublings.
    /// </summary>
    public static void Split(in UInt256 scalar, out SignedHalf first, out SignedHalf second)
    {
        UInt256 c1 = Multiply(UInt256.MultiplyHigh(scalar, Rounding1), MinusB1);
        UInt256 c2 = Multiply(UInt256.MultiplyHigh(scalar, Rounding2), MinusB2);
        UInt256 high = UInt256.AddModulo(c1, c2, Order);
        UInt256 low = UInt256.AddModulo(scalar, Negate(Multiply(high, Lambda)), Order);
        first = Half(low);
        second = Half(high);
    }

    private static SignedHalf Half(in UInt256 value)
    {
        bool isNegative = value.L3 != 0;
        UInt256 magnitude = isNegative ? Negate(value) : value;
        Invariant.Check((magnitude.L2 | magnitude.L3) == 0);
        return new SignedHalf(magnitude.L0, magnitude.L1, isNegative);
    }
}
