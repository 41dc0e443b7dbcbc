using CsCheck;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace EnergyChain.Vm.Tests;

/// <summary>Key recovery against BouncyCastle's curve, which shares no code with ours.</summary>
public sealed class EcRecoverTests
{
    private static readonly X9ECParameters Curve = SecNamedCurves.GetByName("secp256k1");
    private static readonly BigInteger N = Curve.N;
    private static readonly BigInteger P = ((FpCurve)Curve.Curve).Q;

    private static readonly Gen<BigInteger> Word =
        Gen.Byte.Array[32].Select(static bytes => new BigInteger(1, bytes));

    private static readonly BigInteger[] Hashes =
        [BigInteger.Zero, N.Subtract(BigInteger.One), N, BigInteger.One.ShiftLeft(256).Subtract(BigInteger.One)];

    private static readonly BigInteger[] Edges =
    [
        BigInteger.Zero, BigInteger.One, BigInteger.Two, N.ShiftRight(1).Add(BigInteger.One),
        N.Subtract(BigInteger.One), N, P.Subtract(N), P, P.Add(BigInteger.One),
        BigInteger.One.ShiftLeft(128), BigInteger.One.ShiftLeft(256).Subtract(BigInteger.One),
        Curve.G.AffineXCoord.ToBigInteger(),
    ];

    [Test]
    public void Recovery_on_crossed_edge_values_equals_bouncy_castle()
    {
        int found = 0;
        foreach (BigInteger e in Hashes)
        {
            foreach (BigInteger r in Edges)
            {
                foreach (BigInteger s in Edges)
                {
                    found += Check(e, r, s, isOdd: false) ? 1 : 0;
                    found += Check(e, r, s, isOdd: true) ? 1 : 0;
                }
            }
        }

        Assert.That(found, Is.GreaterThan(100));
    }

    /// <summary>
    /// Values found by search: while the curve's equation is solved for them, a product folds to just under 2^256 and
    /// the last addition of the reduction carries out of its lowest limb. The second is on no point of the curve.
    /// </summary>
    [TestCase("fffffe33a1ccabfed4d9e02767536e487990a5662994131442a0246b962c011c")]
    [TestCase("ffffff7f96d2efb27e91ee0f083ffb03ac335d8c4da52519a839a54dd1fb9de5")]
    public void Recovery_where_a_reduction_carries_twice_equals_bouncy_castle(string r)
    {
        BigInteger x = new(r, 16);
        Check(BigInteger.ValueOf(5), x, BigInteger.ValueOf(7), isOdd: false);
        Check(BigInteger.ValueOf(5), x, BigInteger.ValueOf(7), isOdd: true);
    }

    [Test]
    public void Recovery_on_random_values_equals_bouncy_castle() =>
        Gen.Select(Word, Word, Word, Gen.Bool).Sample((e, r, s, isOdd) => { Check(e, r, s, isOdd); }, iter: 100);

    [Test]
    public void Recovery_of_a_signature_gives_its_key() => Gen.Select(Word, Word, Word).Sample(
        (secretSeed, nonceSeed, e) =>
        {
            BigInteger secret = secretSeed.Mod(N.Subtract(BigInteger.One)).Add(BigInteger.One);
            BigInteger nonce = nonceSeed.Mod(N.Subtract(BigInteger.One)).Add(BigInteger.One);
            ECPoint point = Curve.G.Multiply(nonce).Normalize();
            BigInteger r = point.AffineXCoord.ToBigInteger().Mod(N);
            BigInteger s = nonce.ModInverse(N).Multiply(e.Add(r.Multiply(secret))).Mod(N);
            byte[] key = new byte[Secp256k1.PublicKeyBytes];
            bool isOdd = point.AffineYCoord.TestBitZero();
            Assert.That(Secp256k1.TryRecover(Number(e), Number(r), Number(s), isOdd, key), Is.True);
            byte[] expected = Curve.G.Multiply(secret).Normalize().GetEncoded(compressed: false);
            Assert.That(key, Is.EqualTo(expected[1..]));
        },
        iter: 100);

    [Test]
    public void Recovery_to_infinity_gives_nothing()
    {
        // With R = k G and e = s k the key is (s R - e G) / r, which is infinity.
        foreach (int k in new[] { 1, 2, 3, 7, 1_000_003 })
        {
            BigInteger factor = BigInteger.ValueOf(k);
            ECPoint point = Curve.G.Multiply(factor).Normalize();
            BigInteger r = point.AffineXCoord.ToBigInteger();
            BigInteger s = N.ShiftRight(1).Add(BigInteger.One);
            bool isOdd = point.AffineYCoord.TestBitZero();
            Assert.That(Check(s.Multiply(factor).Mod(N), r, s, isOdd), Is.False);
            Assert.That(Check(s.Multiply(factor).Mod(N), r, s, !isOdd), Is.True);
        }
    }

    /// <summary>Whether there is a key, after both have said so and agreed on it.</summary>
    private static bool Check(BigInteger e, BigInteger r, BigInteger s, bool isOdd)
    {
        byte[]? expected = Reference(e, r, s, isOdd);
        byte[] actual = new byte[Secp256k1.PublicKeyBytes];
        bool found = Secp256k1.TryRecover(Number(e), Number(r), Number(s), isOdd, actual);
        if (found != expected is not null || (found && !actual.AsSpan().SequenceEqual(expected)))
        {
            Assert.Fail($"e {e}, r {r}, s {s}, odd {isOdd}: {Convert.ToHexString(actual)}");
        }

        return found;
    }

    private static byte[]? Reference(BigInteger e, BigInteger r, BigInteger s, bool isOdd)
    {
        if (r.SignValue == 0 || r.CompareTo(N) >= 0 || s.SignValue == 0 || s.CompareTo(N) >= 0)
        {
            return null;
        }

        ECFieldElement x = Curve.Curve.FromBigInteger(r);
        ECFieldElement? y = x.Square().Multiply(x).Add(Curve.Curve.B).Sqrt();
        if (y is null)
        {
            return null;
        }

        y = y.TestBitZero() == isOdd ? y : y.Negate();
        ECPoint point = Curve.Curve.CreatePoint(r, y.ToBigInteger());
        BigInteger inverse = r.ModInverse(N);
        ECPoint key = ECAlgorithms.SumOfTwoMultiplies(
            Curve.G, e.Negate().Multiply(inverse).Mod(N), point, s.Multiply(inverse).Mod(N)).Normalize();
        return key.IsInfinity ? null : key.GetEncoded(compressed: false)[1..];
    }

    private static UInt256 Number(BigInteger value) => UInt256.FromBigEndian(value.ToByteArrayUnsigned());
}
