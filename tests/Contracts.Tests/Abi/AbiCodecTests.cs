using CsCheck;
using EnergyChain.Contracts.Abi;

namespace EnergyChain.Contracts.Tests.Abi;

public sealed class AbiCodecTests
{
    [Test]
    public void Round_trip_of_any_value_gives_the_same_bytes()
    {
        AbiGenerators.Arguments.Sample((parameters, values) =>
        {
            byte[] encoded = AbiEncoder.Encode(parameters, values);
            Assert.That(AbiDecoder.TryDecode(parameters, encoded, out IReadOnlyList<AbiValue> decoded), Is.True);
            Assert.That(AbiEncoder.Encode(parameters, decoded), Is.EqualTo(encoded));
            Assert.That(
                AbiText.Describe(parameters, decoded),
                Is.EqualTo(AbiText.Describe(parameters, values)));
        });
    }

    [Test]
    public void Decoder_takes_of_changed_bytes_only_what_the_encoder_gives()
    {
        Gen<(int, byte)> change = Gen.Select(Gen.Int[0, 10_000], Gen.Byte);
        Gen.Select(AbiGenerators.Arguments, change.Array[1, 3]).Sample((arguments, changes) =>
        {
            byte[] bytes = AbiEncoder.Encode(arguments.Parameters, arguments.Values);
            foreach ((int place, byte value) in changes)
            {
                if (bytes.Length != 0)
                {
                    bytes[place % bytes.Length] = value;
                }
            }

            if (AbiDecoder.TryDecode(arguments.Parameters, bytes, out IReadOnlyList<AbiValue> decoded))
            {
                Assert.That(AbiEncoder.Encode(arguments.Parameters, decoded), Is.EqualTo(bytes));
            }
        });
    }

    [Test]
    public void Decoder_refuses_cut_and_extended_bytes()
    {
        AbiGenerators.Arguments.Sample((parameters, values) =>
        {
            byte[] encoded = AbiEncoder.Encode(parameters, values);
            byte[] extended = [.. encoded, .. new byte[32]];
            Assert.That(AbiDecoder.TryDecode(parameters, extended, out _), Is.False);
            Assert.That(AbiDecoder.TryDecode(parameters, encoded.AsSpan(0, encoded.Length - 1), out _), Is.False);
        });
    }

    [Test]
    public void Decoder_of_random_bytes_never_throws()
    {
        Gen.Select(AbiGenerators.Arguments, Gen.Byte.Array[0, 300]).Sample((arguments, bytes) =>
        {
            AbiDecoder.TryDecode(arguments.Parameters, bytes, out _);
            EnergyMarketContract.Artifact.Abi.DescribeError(bytes);
        });
    }

    [TestCase("00000000000000000000000000000000000000000000000000000000000000ff", "uint8", ExpectedResult = true)]
    [TestCase("0000000000000000000000000000000000000000000000000000000000000100", "uint8", ExpectedResult = false)]
    [TestCase("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff80", "int8", ExpectedResult = true)]
    [TestCase("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "int8", ExpectedResult = false)]
    [TestCase("0000000000000000000000000000000000000000000000000000000000000080", "int8", ExpectedResult = false)]
    [TestCase("0000000000000000000000000000000000000000000000000000000000000002", "bool", ExpectedResult = false)]
    [TestCase("0000000000000000000000010000000000000000000000000000000000001001", "address", ExpectedResult = false)]
    [TestCase("6100000000000000000000000000000000000000000000000000000000000000", "bytes1", ExpectedResult = true)]
    [TestCase("6100000000000000000000000000000000000000000000000000000000000001", "bytes1", ExpectedResult = false)]
    public bool Decoder_checks_the_range_of_a_word(string hex, string type)
    {
        AbiType parsed = type switch
        {
            "uint8" => new AbiType.UInt(8),
            "int8" => new AbiType.Int(8),
            "bool" => new AbiType.Bool(),
            "address" => new AbiType.Account(),
            _ => new AbiType.FixedBytes(1),
        };
        return AbiDecoder.TryDecode([new AbiParameter("x", parsed)], Convert.FromHexString(hex), out _);
    }

    [Test]
    public void Decoder_refuses_text_that_is_not_utf8()
    {
        AbiParameter[] bytes = [new("x", new AbiType.Bytes())];
        AbiParameter[] text = [new("x", new AbiType.Text())];
        byte[] encoded = AbiEncoder.Encode(bytes, [new byte[] { 0xC0, 0x80 }]);
        Assert.That(AbiDecoder.TryDecode(text, encoded, out _), Is.False);
    }

    [Test]
    public void Decoder_refuses_a_list_longer_than_its_bytes_at_once()
    {
        AbiParameter[] parameters = [new("x", new AbiType.List(new AbiType.UInt(256)))];
        byte[] bytes = new byte[64];
        bytes[31] = 32;
        bytes.AsSpan(33).Fill(0xFF);
        Assert.That(AbiDecoder.TryDecode(parameters, bytes, out _), Is.False);
    }

    [Test]
    public void Encoder_refuses_a_value_of_another_type()
    {
        AbiParameter[] parameters = [new("x", new AbiType.UInt(8))];
        Assert.That(() => AbiEncoder.Encode(parameters, [256UL]), Throws.ArgumentException);
        Assert.That(() => AbiEncoder.Encode(parameters, [true]), Throws.ArgumentException);
        Assert.That(() => AbiEncoder.Encode(parameters, []), Throws.ArgumentException);
    }
}
