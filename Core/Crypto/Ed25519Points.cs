using System.Numerics;

namespace EnergyChain.Core.Crypto;

/// <summary>
/// Tells keys that somebody may have from bytes that no signature can ever verify for: no point of the curve, or one of
/// small order. For checks of what people type; not constant in time, and keys are public.
/// </summary>
public static class Ed25519Points
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;

    // -121665 / 121666 of the curve equation -x^2 + y^2 = 1 + d x^2 y^2 (RFC 8032, section 5.1).
    private static readonly BigInteger D =
        Modulo(-121_665 * BigInteger.ModPow(121_666, Prime - 2, Prime));

    // The y of the two pairs of points of order 8, as libsodium lists them; each is the other's negative.
    private static readonly BigInteger OrderEight = new(
        Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        isUnsigned: true);

    /// <summary>Whether the bytes encode, canonically, a point whose order is not small.</summary>
    public static bool CanBeKey(PublicKey key)
    {
        byte[] bytes = key.ToArray();
        bytes[^1] &= 0x7F;
        BigInteger y = new(bytes, isUnsigned: true);
        if (y >= Prime || y.IsZero || y.IsOne || y == Prime - 1 || y == OrderEight || y == Prime - OrderEight)
        {
            return false;
        }

        BigInteger square = y * y % Prime;
        BigInteger x2 = (square - 1) * BigInteger.ModPow(Modulo((D * square) + 1), Prime - 2, Prime);

        // Euler's criterion: a square or no point. x is zero for y = 1 and y = -1 alone, so either sign bit is sound.
        return BigInteger.ModPow(Modulo(x2), (Prime - 1) / 2, Prime).IsOne;
    }

    private static BigInteger Modulo(BigInteger value) => ((value % Prime) + Prime) % Prime;
}
