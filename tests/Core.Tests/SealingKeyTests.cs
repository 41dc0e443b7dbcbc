using System.Text;
using EnergyChain.Core.Crypto;

namespace EnergyChain.Core.Tests;

[TestFixture]
internal sealed class SealingKeyTests
{
    private const string Key = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";
    private const string Nonce = "404142434445464748494a4b4c4d4e4f5051525354555657";
    private const string Associated = "50515253c0c1c2c3c4c5c6c7";
    private const string Sealed =
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54"
        + "c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f6"
        + "15c68b13b52ec0875924c1c7987947deafd8780acf49";

    private static readonly byte[] Text = Encoding.ASCII.GetBytes(
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would "
        + "be it.");

    [Test]
    public void Seal_gives_the_vector_of_the_draft()
    {
        using SealingKey key = SealingKey.FromBytes(Convert.FromHexString(Key));
        byte[] ciphertext = new byte[Text.Length + SealingKey.TagSize];
        key.Seal(Convert.FromHexString(Nonce), Convert.FromHexString(Associated), Text, ciphertext);
        Assert.That(Convert.ToHexStringLower(ciphertext), Is.EqualTo(Sealed));
    }

    [Test]
    public void Open_refuses_every_flipped_bit_and_other_data()
    {
        using SealingKey key = SealingKey.FromBytes(Convert.FromHexString(Key));
        byte[] nonce = Convert.FromHexString(Nonce);
        byte[] associated = Convert.FromHexString(Associated);
        byte[] ciphertext = Convert.FromHexString(Sealed);
        byte[] opened = new byte[Text.Length];
        Assert.That(key.TryOpen(nonce, associated, ciphertext, opened), Is.True);
        Assert.That(opened, Is.EqualTo(Text));
        foreach (byte[] part in new[] { nonce, associated, ciphertext })
        {
            for (int bit = 0; bit < part.Length * 8; bit++)
            {
                part[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.That(key.TryOpen(nonce, associated, ciphertext, opened), Is.False, $"bit {bit}");
                part[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }
}
