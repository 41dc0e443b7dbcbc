using System.Text;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Tests;

public sealed class Keccak256Tests
{
    // The empty hash and "abc": the Keccak team's test vectors (ShortMsgKAT_256 of round 3).
    [TestCase("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [TestCase("abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    public void Hash_known_message_gives_published_digest(string text, string expected) =>
        Assert.That(Keccak256.Hash(Encoding.ASCII.GetBytes(text)).ToString(), Is.EqualTo(expected));

    // The four EIP-55 examples of mixed-case addresses.
    [TestCase("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [TestCase("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [TestCase("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [TestCase("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void Address_text_carries_the_eip55_checksum(string text)
    {
        Assert.That(Address.TryParse(text.ToLowerInvariant(), out Address address), Is.True);
        Assert.That(address.ToString(), Is.EqualTo(text));
        Assert.That(Address.TryParse(text, out Address again), Is.True);
        Assert.That(again, Is.EqualTo(address));
    }

    [Test]
    public void Address_with_one_letter_in_the_wrong_case_is_refused() =>
        Assert.That(Address.TryParse("0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed", out _), Is.False);
}
