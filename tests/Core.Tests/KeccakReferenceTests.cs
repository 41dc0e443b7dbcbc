using System.Buffers.Binary;
using System.Numerics;
using CsCheck;
using EnergyChain.Core.Crypto;

namespace EnergyChain.Core.Tests;

/// <summary>Keccak-256 against the plain loops of its specification, at lengths around its block.</summary>
public sealed class KeccakReferenceTests
{
    private const int RateBytes = 136;

    [Test]
    public void Hash_of_every_length_up_to_three_blocks_equals_the_reference()
    {
        byte[] message = [.. Enumerable.Range(0, (3 * RateBytes) + 1).Select(static i => (byte)(i % 251))];
        for (int length = 0; length <= message.Length; length++)
        {
            Check(message.AsSpan(0, length));
        }
    }

    [Test]
    public void Hash_of_extreme_bytes_equals_the_reference()
    {
        foreach (byte value in new byte[] { 0x00, 0x01, 0x80, 0xFF })
        {
            foreach (int length in new[] { 1, 8, 32, 64, 135, 136, 137, 271, 272, 273 })
            {
                Check(Enumerable.Repeat(value, length).ToArray());
            }
        }
    }

    [Test]
    public void Hash_of_random_bytes_equals_the_reference() =>
        Gen.Byte.Array[0, 500].Sample(static message => Check(message), iter: 300);

    [Test]
    public void Hash_written_over_its_message_is_right()
    {
        byte[] word = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];
        byte[] expected = Reference(word);
        Keccak256.Hash(word, word);
        Assert.That(word, Is.EqualTo(expected));
    }

    private static void Check(ReadOnlySpan<byte> message)
    {
        byte[] expected = Reference(message);
        if (!Keccak256.Hash(message).ToArray().AsSpan().SequenceEqual(expected))
        {
            Assert.Fail($"{Convert.ToHexString(message)} is not {Convert.ToHexString(expected)}");
        }
    }

    /// <summary>The sponge over a padded copy, the permutation with computed rotations and constants.</summary>
    private static byte[] Reference(ReadOnlySpan<byte> message)
    {
        byte[] padded = new byte[((message.Length / RateBytes) + 1) * RateBytes];
        message.CopyTo(padded);
        padded[message.Length] ^= 0x01;
        padded[^1] ^= 0x80;
        ulong[,] lanes = new ulong[5, 5];
        for (int block = 0; block < padded.Length; block += RateBytes)
        {
            for (int i = 0; i < RateBytes / 8; i++)
            {
                lanes[i % 5, i / 5] ^= BinaryPrimitives.ReadUInt64LittleEndian(padded.AsSpan(block + (8 * i)));
            }

            Permute(lanes);
        }

        byte[] hash = new byte[32];
        for (int i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(8 * i), lanes[i, 0]);
        }

        return hash;
    }

    private static void Permute(ulong[,] a)
    {
        byte register = 1;
        for (int round = 0; round < 24; round++)
        {
            Theta(a);
            RhoPi(a);
            Chi(a);
            for (int j = 0; j <= 6; j++)
            {
                // The round constants come out of a linear feedback shift register (Keccak reference, 1.2).
                a[0, 0] ^= (ulong)(register & 1) << ((1 << j) - 1);
                register = unchecked((byte)((register << 1) ^ ((register & 0x80) != 0 ? 0x71 : 0)));
            }
        }
    }

    private static void Theta(ulong[,] a)
    {
        ulong[] c = [.. Enumerable.Range(0, 5).Select(x => a[x, 0] ^ a[x, 1] ^ a[x, 2] ^ a[x, 3] ^ a[x, 4])];
        for (int i = 0; i < 25; i++)
        {
            a[i % 5, i / 5] ^= c[(i + 4) % 5] ^ BitOperations.RotateLeft(c[(i + 1) % 5], 1);
        }
    }

    private static void RhoPi(ulong[,] a)
    {
        (int x, int y) = (1, 0);
        ulong moving = a[1, 0];
        for (int t = 0; t < 24; t++)
        {
            (x, y) = (y, ((2 * x) + (3 * y)) % 5);
            (moving, a[x, y]) = (a[x, y], BitOperations.RotateLeft(moving, (t + 1) * (t + 2) / 2));
        }
    }

    private static void Chi(ulong[,] a)
    {
        for (int y = 0; y < 5; y++)
        {
            ulong[] row = [.. Enumerable.Range(0, 5).Select(x => a[x, y])];
            for (int x = 0; x < 5; x++)
            {
                a[x, y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
            }
        }
    }
}
