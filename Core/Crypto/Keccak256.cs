using System.Buffers.Binary;
using System.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Crypto;

/// <summary>
/// Keccak-256 with the original padding (0x01), as the EVM's KECCAK256 and Solidity use it; not the SHA3-256 of
/// FIPS 202, whose padding differs. Only the EVM, the ABI and EIP-55 need it: all else is <see cref="Blake2b"/>.
/// </summary>
public static class Keccak256
{
    private const int RateBytes = 136;
    private const int Rounds = 24;

    private static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
        0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
        0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    // Rotation of, and source lane for, each step of the combined rho and pi walk.
    private static ReadOnlySpan<byte> Rotations =>
        [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];

    private static ReadOnlySpan<byte> Lanes =>
        [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

    public static Hash32 Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Hash32.Size];
        Hash(bytes, hash);
        return new Hash32(hash);
    }

    /// <param name="bytes">Any number of bytes.</param>
    /// <param name="destination">Exactly 32 bytes.</param>
    public static void Hash(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, Hash32.Size);
        Span<ulong> state = stackalloc ulong[25];
        state.Clear();
        while (bytes.Length >= RateBytes)
        {
            Absorb(state, bytes[..RateBytes]);
            bytes = bytes[RateBytes..];
        }

        Span<byte> last = stackalloc byte[RateBytes];
        last.Clear();
        bytes.CopyTo(last);
        last[bytes.Length] = 0x01;
        last[RateBytes - 1] |= 0x80;
        Absorb(state, last);
        for (int i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination[(8 * i)..], state[i]);
        }
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (int i = 0; i < RateBytes / 8; i++)
        {
            state[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(8 * i)..]);
        }

        Permute(state);
    }

    private static void Permute(Span<ulong> a)
    {
        Span<ulong> column = stackalloc ulong[5];
        for (int round = 0; round < Rounds; round++)
        {
            Theta(a, column);
            RhoPi(a);
            Chi(a, column);
            a[0] ^= RoundConstants[round];
        }
    }

    private static void Theta(Span<ulong> a, Span<ulong> column)
    {
        for (int x = 0; x < 5; x++)
        {
            column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
        }

        for (int x = 0; x < 5; x++)
        {
            ulong mix = column[(x + 4) % 5] ^ BitOperations.RotateLeft(column[(x + 1) % 5], 1);
            for (int y = 0; y < 25; y += 5)
            {
                a[x + y] ^= mix;
            }
        }
    }

    private static void RhoPi(Span<ulong> a)
    {
        ulong moving = a[1];
        for (int i = 0; i < 24; i++)
        {
            int lane = Lanes[i];
            ulong next = a[lane];
            a[lane] = BitOperations.RotateLeft(moving, Rotations[i]);
            moving = next;
        }
    }

    private static void Chi(Span<ulong> a, Span<ulong> row)
    {
        for (int y = 0; y < 25; y += 5)
        {
            a.Slice(y, 5).CopyTo(row);
            for (int x = 0; x < 5; x++)
            {
                a[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
            }
        }
    }
}
