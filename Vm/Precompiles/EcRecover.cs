using EnergyChain.Core.Crypto;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace EnergyChain.Vm.Precompiles;

/// <summary>
/// Address 1: the Ethereum address whose secp256k1 key signed a hash. Input: hash, v (27 or 28), r, s in a word each,
/// missing bytes being zero. Output: one word, or nothing when no key gives that signature.
/// </summary>
internal sealed class EcRecover : IPrecompile
{
    private const int InputBytes = 128;

    private static readonly X9ECParameters Curve = SecNamedCurves.GetByName("secp256k1");

    public long GasCost(ReadOnlySpan<byte> input) => 3_000;

    public bool TryRun(ReadOnlySpan<byte> input, PrecompileOutput output)
    {
        output.Clear();
        Span<byte> padded = stackalloc byte[InputBytes];
        padded.Clear();
        input[..Math.Min(input.Length, InputBytes)].CopyTo(padded);
        bool isParity = !padded[32..63].ContainsAnyExcept((byte)0) && padded[63] is 27 or 28;
        BigInteger r = new(1, padded[64..96]);
        BigInteger s = new(1, padded[96..128]);
        if (isParity && InRange(r) && InRange(s)
            && TryRecover(new BigInteger(1, padded[..32]), r, s, padded[63] == 28, out ECPoint key))
        {
            Span<byte> hash = stackalloc byte[32];
            Keccak256.Hash(key.GetEncoded(compressed: false).AsSpan(1), hash);
            hash[12..].CopyTo(output.Take(32)[12..]);
        }

        return true;
    }

    private static bool InRange(BigInteger scalar) => scalar.SignValue > 0 && scalar.CompareTo(Curve.N) < 0;

    /// <summary>The key Q = (sR - eG) / r (SEC 1, 4.1.6), R being the point with x = r.</summary>
    private static bool TryRecover(BigInteger e, BigInteger r, BigInteger s, bool isOdd, out ECPoint key)
    {
        key = Curve.Curve.Infinity;
        if (!TryDecompress(r, isOdd, out ECPoint point))
        {
            return false;
        }

        BigInteger inverse = r.ModInverse(Curve.N);
        BigInteger u1 = e.Negate().Multiply(inverse).Mod(Curve.N);
        BigInteger u2 = s.Multiply(inverse).Mod(Curve.N);
        key = ECAlgorithms.SumOfTwoMultiplies(Curve.G, u1, point, u2).Normalize();
        return !key.IsInfinity;
    }

    private static bool TryDecompress(BigInteger x, bool isOdd, out ECPoint point)
    {
        ECFieldElement fieldX = Curve.Curve.FromBigInteger(x);
        ECFieldElement square = fieldX.Square().Add(Curve.Curve.A).Multiply(fieldX).Add(Curve.Curve.B);
        ECFieldElement? y = square.Sqrt();
        point = Curve.Curve.Infinity;
        if (y is null)
        {
            return false;
        }

        y = y.TestBitZero() == isOdd ? y : y.Negate();
        point = Curve.Curve.CreatePoint(x, y.ToBigInteger());
        return true;
    }
}
