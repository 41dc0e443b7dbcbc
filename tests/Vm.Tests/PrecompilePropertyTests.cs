using System.Buffers.Binary;
using System.Numerics;
using CsCheck;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.Tests;

/// <summary>BLAKE2F against the plain loops of its specification, MODEXP's price against BigInteger.</summary>
public sealed class PrecompilePropertyTests
{
    private const ulong Gas = 1UL << 62;

    // What costs more takes milliseconds each of many thousands; that the price is enough does not depend on its size.
    private const int DearestComputed = 100_000;

    private static readonly ulong[] InitialValues =
    [
        0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
        0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    ];

    private static readonly BigInteger[] Lengths =
    [
        0, 1, 7, 8, 9, 31, 32, 33, 64, 96, 1024, 1 << 20, (1 << 20) + 1, uint.MaxValue, BigInteger.One << 35,
        (BigInteger.One << 36) - 1, BigInteger.One << 36, ulong.MaxValue - 6, ulong.MaxValue, BigInteger.One << 64,
        BigInteger.One << 255, (BigInteger.One << 256) - 1,
    ];

    [Test]
    public void Blake2f_equals_the_reference() =>
        Gen.Select(Gen.Byte.Array[212], Gen.UInt[0, 25], Gen.Bool).Sample(
            static (bytes, rounds, isFinal) =>
            {
                byte[] input = [.. bytes, isFinal ? (byte)1 : (byte)0];
                BinaryPrimitives.WriteUInt32BigEndian(input, rounds);
                ExecutionResult result = new VmHost().Run(Address.FromNumber(9), input);
                if (!result.ReturnData.Span.SequenceEqual(Compress(input)))
                {
                    Assert.Fail(Convert.ToHexString(input));
                }
            },
            iter: 300);

    [Test]
    public void Modexp_price_of_hostile_lengths_is_that_of_the_eip()
    {
        byte[] ones = [.. Enumerable.Repeat((byte)0xFF, 70)];
        byte[][] tails = [[], [0], [1], [0xFF], [0, 0, 0x40], [.. new byte[40], 1], ones];
        foreach (BigInteger baseLength in Lengths)
        {
            foreach (BigInteger exponentLength in Lengths)
            {
                foreach (BigInteger modulusLength in Lengths)
                {
                    foreach (byte[] tail in tails)
                    {
                        CheckPrice(baseLength, exponentLength, modulusLength, tail);
                    }
                }
            }
        }
    }

    private static void CheckPrice(
        BigInteger baseLength, BigInteger exponentLength, BigInteger modulusLength, byte[] tail)
    {
        BigInteger price = Price(baseLength, exponentLength, modulusLength, tail);
        byte[] input = [.. Word(baseLength), .. Word(exponentLength), .. Word(modulusLength), .. tail];

        // One gas short of the price it must fail for want of gas, whatever it would do with the gas.
        ulong gas = price > Gas ? Gas : (ulong)price - 1;
        ExecutionResult result = new VmHost().Run(Address.FromNumber(5), input, gas);
        if (result.Status != ExecutionStatus.OutOfGas)
        {
            Assert.Fail($"{baseLength}, {exponentLength}, {modulusLength}: {result.Status} below {price}");
        }

        if (price <= DearestComputed)
        {
            result = new VmHost().Run(Address.FromNumber(5), input, (ulong)price);
            Assert.That(result.Status, Is.Not.EqualTo(ExecutionStatus.OutOfGas));
        }
    }

    private static BigInteger Price(
        BigInteger baseLength, BigInteger exponentLength, BigInteger modulusLength, byte[] tail)
    {
        BigInteger words = (BigInteger.Max(baseLength, modulusLength) + 7) / 8;
        int headLength = (int)BigInteger.Min(exponentLength, 32);
        byte[] head = new byte[headLength];
        for (int i = 0; i < headLength; i++)
        {
            BigInteger at = baseLength + i;
            head[i] = at < tail.Length ? tail[(int)at] : (byte)0;
        }

        BigInteger number = new(head, isUnsigned: true, isBigEndian: true);
        BigInteger bits = number.IsZero ? 0 : number.GetBitLength() - 1;
        BigInteger count = bits + (exponentLength > 32 ? 8 * (exponentLength - 32) : 0);
        return BigInteger.Max(200, words * words * BigInteger.Max(count, 1) / 3);
    }

    private static byte[] Word(BigInteger value)
    {
        byte[] bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    private static byte[] Compress(byte[] input)
    {
        ulong[] h = Words(input, 4, 8);
        ulong[] m = Words(input, 68, 16);
        ulong[] v = [.. h, .. InitialValues];
        v[12] ^= BinaryPrimitives.ReadUInt64LittleEndian(input.AsSpan(196));
        v[13] ^= BinaryPrimitives.ReadUInt64LittleEndian(input.AsSpan(204));
        v[14] ^= input[212] == 1 ? ulong.MaxValue : 0;
        uint rounds = BinaryPrimitives.ReadUInt32BigEndian(input);
        for (int round = 0; round < rounds; round++)
        {
            int[] s = Sigma(round % 10);
            for (int i = 0; i < 8; i++)
            {
                int a = i % 4;
                int turn = i / 4;
                int b = 4 + ((a + turn) % 4);
                int c = 8 + ((a + (2 * turn)) % 4);
                int d = 12 + ((a + (3 * turn)) % 4);
                Mix(v, a, b, c, d, m[s[2 * i]], m[s[(2 * i) + 1]]);
            }
        }

        byte[] output = new byte[64];
        for (int i = 0; i < 8; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(output.AsSpan(8 * i), h[i] ^ v[i] ^ v[i + 8]);
        }

        return output;
    }

    private static void Mix(ulong[] v, int a, int b, int c, int d, ulong x, ulong y)
    {
        unchecked
        {
            v[a] = v[a] + v[b] + x;
            v[d] = BitOperations.RotateRight(v[d] ^ v[a], 32);
            v[c] = v[c] + v[d];
            v[b] = BitOperations.RotateRight(v[b] ^ v[c], 24);
            v[a] = v[a] + v[b] + y;
            v[d] = BitOperations.RotateRight(v[d] ^ v[a], 16);
            v[c] = v[c] + v[d];
            v[b] = BitOperations.RotateRight(v[b] ^ v[c], 63);
        }
    }

    /// <summary>The RFC's permutations of the message words, in hexadecimal digits.</summary>
    private static int[] Sigma(int round)
    {
        string[] rows =
        [
            "0123456789ABCDEF", "EA489FD61C02B753", "B8C052FDAE367194", "7931DCBE265A40F8", "905724AFE1BC683D",
            "2C6A0B834D75FE19", "C51FED4A0763928B", "DB7EC13950F4862A", "6FE9B308C2D714A5", "A2847615FB9E3CD0",
        ];
        return [.. rows[round].Select(static digit => Convert.ToInt32(digit.ToString(), 16))];
    }

    private static ulong[] Words(byte[] input, int offset, int count) =>
    [
        .. Enumerable.Range(0, count)
            .Select(i => BinaryPrimitives.ReadUInt64LittleEndian(input.AsSpan(offset + (8 * i)))),
    ];
}
