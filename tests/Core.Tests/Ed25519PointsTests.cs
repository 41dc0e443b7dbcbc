using EnergyChain.Core.Crypto;

namespace EnergyChain.Core.Tests;

public sealed class Ed25519PointsTests
{
    [Test]
    public void Keys_of_signers_can_be_keys([Range(0, 20)] int number)
    {
        byte[] seed = new byte[SigningKey.SeedSize];
        Array.Fill(seed, (byte)number);
        using SigningKey key = SigningKey.FromSeed(seed);
        Assert.That(Ed25519Points.CanBeKey(key.PublicKey), Is.True);
    }

    // Of small order or not canonical: the list of libsodium's ge25519_has_small_order. Then one that is no point.
    [TestCase("0000000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("0100000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("0100000000000000000000000000000000000000000000000000000000000080")]
    [TestCase("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [TestCase("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85")]
    [TestCase("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [TestCase("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")]
    [TestCase("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [TestCase("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [TestCase("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [TestCase("0200000000000000000000000000000000000000000000000000000000000000")]
    public void Bytes_that_verify_no_signature_cannot_be_keys(string hex)
    {
        Assert.That(PublicKey.TryParse(hex, out PublicKey key), Is.True);
        Assert.That(Ed25519Points.CanBeKey(key), Is.False);
    }

    [Test]
    public void About_half_of_all_bytes_are_no_point()
    {
        Random random = new(1);
        byte[] bytes = new byte[PublicKey.Size];
        int points = Enumerable.Range(0, 200).Count(_ =>
        {
            random.NextBytes(bytes);
            return Ed25519Points.CanBeKey(new PublicKey(bytes));
        });
        Assert.That(points, Is.InRange(70, 130));
    }
}
