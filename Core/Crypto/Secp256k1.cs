using EnergyChain.Core.Crypto.Curve;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Core.Crypto;

/// <summary>
/// ECDSA over secp256k1 as far as the EVM needs it: the recovery of keys. It works on public values only, and its time
/// varies with them: nothing here may ever touch a secret.
/// </summary>
public static class Secp256k1
{
    /// <summary>Length in bytes of a public key as <see cref="TryRecover"/> gives it: x and y.</summary>
    public const int PublicKeyBytes = 64;

    /// <summary>Order of the group; r and s of a signature lie between 1 and it.</summary>
    public static UInt256 Order => CurveScalar.Order;

    /// <summary>
    /// The key Q = (s R - e G) / r (SEC 1, 4.1.6), where R is the point with x = r. False when r or s is zero or not
    /// below the order, no point has that x, or Q is infinity. A high s is allowed; no exception; no allocation.
    /// </summary>
    /// <param name="hash">e, any number; it counts modulo the order.</param>
    /// <param name="r">As it stands in the signature.</param>
    /// <param name="s">As it stands in the signature.</param>
    /// <param name="isOdd">Whether the y of R is odd.</param>
    /// <param name="publicKey">64 bytes: x and y, big-endian; written when the key exists.</param>
    public static bool TryRecover(
        in UInt256 hash, in UInt256 r, in UInt256 s, bool isOdd, Span<byte> publicKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(publicKey.Length, PublicKeyBytes);
        if (!IsInRange(r) || !IsInRange(s) || !AffinePoint.TryDecompress(r, isOdd, out AffinePoint point))
        {
            return false;
        }

        UInt256 inverse = ModularInverse.OfSecp256k1Order(r);
        UInt256 generatorFactor = CurveScalar.Negate(CurveScalar.Multiply(hash, inverse));
        JacobianPoint sum = PointProducts.Sum(generatorFactor, point, CurveScalar.Multiply(s, inverse));
        if (sum.IsInfinity)
        {
            return false;
        }

        AffinePoint key = sum.ToAffine();
        key.X.Normalize().WriteBigEndian(publicKey);
        key.Y.Normalize().WriteBigEndian(publicKey[32..]);
        return true;
    }

    private static bool IsInRange(in UInt256 number) => !number.IsZero && number < Order;
}
