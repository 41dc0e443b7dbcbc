using System.Numerics;
using CsCheck;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Core.Tests;

/// <summary>Modular powers against BigInteger, on moduli of all shapes.</summary>
public sealed class ModularPowerTests
{
    private static readonly byte[][] Bases =
        [[], [0], [1], [2], [0, 0, 3], Filled(8, 0xFF), Filled(9, 0xFF), Filled(40, 0xFF), Single(24, 0), Odd(33, 5)];

    private static readonly byte[][] Exponents =
    [
        [], [0], [1], [2], [3], [7], [8], [0, 0x0F], [0x55], [1, 0, 1], Filled(4, 0xFF), Filled(11, 0xFF),
        Filled(32, 0xFF), Single(31, 0), Odd(90, 9),
    ];

    private static readonly byte[][] Moduli =
    [
        [], [0], [0, 0], [1], [0, 1], [2], [3], [0xFF], Filled(8, 0xFF), Single(8, 0), Single(9, 0), Single(8, 7),
        Filled(16, 0xFF), Filled(15, 0xFF), Even(8, 1), Even(8, 63), Even(16, 64), Even(24, 65), Even(40, 127),
        Even(40, 200), Even(64, 1), Odd(17, 3), Odd(24, 4), Odd(32, 5), Odd(33, 6), Odd(64, 7), Odd(100, 8),
        [0, 0, .. Odd(20, 1)], Single(32, 0), Single(33, 0), [0x80, .. new byte[14], 1],
        [.. Filled(8, 0xFF), .. new byte[8], .. Filled(8, 0xFF)],
    ];

    private static readonly Gen<byte[]> Number = Gen.OneOf(
        Gen.Byte.Array[0, 80],
        Gen.Select(
            Gen.Byte.Array[0, 40], Gen.Int[0, 40], static (high, zeros) => (byte[])[.. high, .. new byte[zeros]]),
        Gen.Select(
            Gen.Int[0, 40], Gen.Byte.Array[0, 16], static (ones, low) => (byte[])[.. Filled(ones, 0xFF), .. low]));

    [Test]
    public void Power_on_crossed_edge_values_equals_big_integer()
    {
        foreach (byte[] value in Bases)
        {
            foreach (byte[] exponent in Exponents)
            {
                foreach (byte[] modulus in Moduli)
                {
                    Check(value, exponent, modulus);
                }
            }
        }
    }

    [Test]
    public void Power_on_random_values_equals_big_integer() =>
        Gen.Select(Number, Number, Number).Sample(Check, iter: 3_000);

    [TestCase(512, 20)]
    [TestCase(1024, 3)]
    [TestCase(2049, 1)]
    public void Power_with_a_long_modulus_equals_big_integer(int bytes, int exponentBytes)
    {
        Check(Odd(bytes + 7, 1), Filled(exponentBytes, 0xFF), Odd(bytes, 2));
        Check(Odd(bytes, 3), Filled(exponentBytes, 0xFD), Even(bytes, (4 * bytes) + 3));
        Check(Filled(2 * bytes, 0xFF), [2], Filled(bytes, 0xFF));
    }

    private static void Check(byte[] value, byte[] exponent, byte[] modulus)
    {
        BigInteger m = Parse(modulus);
        BigInteger expected = m.IsZero ? 0 : BigInteger.ModPow(Parse(value), Parse(exponent), m);
        byte[] result = Filled(modulus.Length, 0xA5);
        ModularPower.Compute(value, exponent, modulus, result);
        if (Parse(result) != expected)
        {
            Assert.Fail(
                $"{Convert.ToHexString(value)} ^ {Convert.ToHexString(exponent)} mod {Convert.ToHexString(modulus)} "
                + $"gave {Convert.ToHexString(result)}");
        }
    }

    private static BigInteger Parse(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Filled(int length, byte value) => [.. Enumerable.Repeat(value, length)];

    private static byte[] Single(int length, int index)
    {
        byte[] bytes = new byte[length];
        bytes[index] = 0x80;
        return bytes;
    }

    /// <summary>Bytes without a pattern, the lowest bit set.</summary>
    private static byte[] Odd(int length, int seed)
    {
        byte[] bytes = new byte[length];
        uint state = (uint)seed;
        for (int i = 0; i < length; i++)
        {
            state = unchecked((state * 1_664_525) + 1_013_904_223);
            bytes[i] = (byte)(state >> 24);
        }

        bytes[^1] |= 1;
        return bytes;
    }

    /// <summary>An odd number times a power of two.</summary>
    private static byte[] Even(int length, int zeros)
    {
        BigInteger bits = BigInteger.One << ((8 * length) - 1);
        BigInteger odd = (bits | Parse(Odd(length, zeros))) >> zeros | 1;
        return (odd << zeros).ToByteArray(isUnsigned: true, isBigEndian: true);
    }
}
