using System.Text;
using EnergyChain.Contracts.Abi;

namespace EnergyChain.Contracts.Tests.Abi;

/// <summary>The worked examples of Solidity's "Contract ABI Specification".</summary>
public sealed class AbiSpecificationTests
{
    private static readonly AbiType Number = new AbiType.UInt(256);

    [Test]
    public void Baz_is_encoded_as_in_the_specification()
    {
        AbiFunction baz = Function("baz", new AbiType.UInt(32), new AbiType.Bool());
        Assert.That(Hex(baz.EncodeCall(69UL, true)), Is.EqualTo("cdcd77c0" + Words("45", "1")));
    }

    [Test]
    public void Sam_is_encoded_as_in_the_specification()
    {
        AbiFunction sam = Function("sam", new AbiType.Bytes(), new AbiType.Bool(), new AbiType.List(Number));
        byte[] call = sam.EncodeCall(Encoding.ASCII.GetBytes("dave"), true, new AbiValue[] { 1UL, 2UL, 3UL });
        string expected = "a5643bf2" + Words("60", "1", "a0", "4") + Left("64617665") + Words("3", "1", "2", "3");
        Assert.That(Hex(call), Is.EqualTo(expected));
    }

    [Test]
    public void F_is_encoded_as_in_the_specification()
    {
        AbiFunction f = Function(
            "f",
            Number,
            new AbiType.List(new AbiType.UInt(32)),
            new AbiType.FixedBytes(10),
            new AbiType.Bytes());
        byte[] call = f.EncodeCall(
            0x123UL,
            new AbiValue[] { 0x456UL, 0x789UL },
            Encoding.ASCII.GetBytes("1234567890"),
            Encoding.ASCII.GetBytes("Hello, world!"));
        string expected = "8be65246" + Words("123", "80") + Left("31323334353637383930")
            + Words("e0", "2", "456", "789", "d") + Left("48656c6c6f2c20776f726c6421");
        Assert.That(Hex(call), Is.EqualTo(expected));
    }

    [Test]
    public void G_is_encoded_as_in_the_specification()
    {
        AbiFunction g = Function(
            "g",
            new AbiType.List(new AbiType.List(Number)),
            new AbiType.List(new AbiType.Text()));
        AbiValue[] numbers = [new AbiValue[] { 1UL, 2UL }, new AbiValue[] { 3UL }];
        byte[] call = g.EncodeCall(numbers, new AbiValue[] { "one", "two", "three" });
        string expected = "2289b18c" + Words("40", "140", "2", "40", "a0", "2", "1", "2", "1", "3")
            + Words("3", "60", "a0", "e0", "3") + Left("6f6e65") + Words("3") + Left("74776f")
            + Words("5") + Left("7468726565");
        Assert.That(Hex(call), Is.EqualTo(expected));
    }

    private static AbiFunction Function(string name, params AbiType[] types) =>
        new(name, [.. types.Select(type => new AbiParameter(string.Empty, type))], [], false, false);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static string Words(params string[] words) => string.Concat(words.Select(word => word.PadLeft(64, '0')));

    private static string Left(string hex) => hex.PadRight(64, '0');
}
