using EnergyChain.Core.Codec;

namespace EnergyChain.Core.Tests;

public sealed class BcsReaderTests
{
    // The examples of the BCS specification's section on ULEB128.
    [TestCase(1, "01")]
    [TestCase(128, "8001")]
    [TestCase(16384, "808001")]
    [TestCase(2097152, "80808001")]
    [TestCase(9487, "8f4a")]
    public void Length_has_the_published_encoding(int value, string hex)
    {
        BcsWriter writer = new();
        writer.WriteLength(value);
        Assert.That(Convert.ToHexStringLower(writer.WrittenSpan), Is.EqualTo(hex));

        BcsReader reader = new(Convert.FromHexString(hex));
        Assert.That(reader.ReadLength(int.MaxValue), Is.EqualTo(value));
        Assert.That(reader.Error, Is.EqualTo(DecodeError.None));
    }

    [TestCase("8000", DecodeError.NonCanonicalLength, Description = "zero in two bytes")]
    [TestCase("ffffffffff01", DecodeError.NonCanonicalLength, Description = "over 32 bits")]
    [TestCase("ffffffff7f", DecodeError.NonCanonicalLength, Description = "a fifth digit over 32 bits")]
    [TestCase("80", DecodeError.Truncated)]
    [TestCase("", DecodeError.Truncated)]
    [TestCase("e907", DecodeError.LengthOverLimit, Description = "1001 where 1000 is the limit")]
    public void Length_that_is_not_canonical_or_too_large_is_refused(string hex, DecodeError expected)
    {
        BcsReader reader = new(Convert.FromHexString(hex));
        Assert.That(reader.ReadLength(1000), Is.Zero);
        Assert.That(reader.Error, Is.EqualTo(expected));
    }

    [Test]
    public void First_error_stays_and_later_reads_give_defaults()
    {
        BcsReader reader = new([2, 1, 1, 1]);
        Assert.That(reader.ReadBool(), Is.False);
        Assert.That(reader.ReadU8(), Is.Zero);
        Assert.That(reader.ReadBytes(10), Is.Empty);
        Assert.That(reader.Error, Is.EqualTo(DecodeError.BadFlag));
    }

    [Test]
    public void Text_that_is_not_utf8_is_refused()
    {
        BcsReader reader = new([2, 0xC3, 0x28]);
        Assert.That(reader.ReadString(10), Is.Empty);
        Assert.That(reader.Error, Is.EqualTo(DecodeError.BadText));
    }
}
