using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Crypto;

/// <summary>
/// Keccak-256 with the original padding (0x01), as the EVM's KECCAK256 and Solidity use it; not the SHA3-256 of
/// FIPS 202, whose padding differs. Only the EVM, the ABI and EIP-55 need it: all else is <see cref="Blake2b"/>.
/// </summary>
public static class Keccak256
{
    private const int RateBytes = 136;

    private static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
        0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
        0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

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

    /// <summary>
    /// Keccak-f[1600]: 24 rounds over the 25 lanes, kept in locals so that no round touches memory twice.
    /// </summary>
    private static void Permute(Span<ulong> s)
    {
        ulong a0 = s[0], a1 = s[1], a2 = s[2], a3 = s[3], a4 = s[4];
        ulong a5 = s[5], a6 = s[6], a7 = s[7], a8 = s[8], a9 = s[9];
        ulong a10 = s[10], a11 = s[11], a12 = s[12], a13 = s[13], a14 = s[14];
        ulong a15 = s[15], a16 = s[16], a17 = s[17], a18 = s[18], a19 = s[19];
        ulong a20 = s[20], a21 = s[21], a22 = s[22], a23 = s[23], a24 = s[24];
        foreach (ulong constant in RoundConstants)
        {
            ulong c0 = a0 ^ a5 ^ a10 ^ a15 ^ a20, c1 = a1 ^ a6 ^ a11 ^ a16 ^ a21, c2 = a2 ^ a7 ^ a12 ^ a17 ^ a22;
            ulong c3 = a3 ^ a8 ^ a13 ^ a18 ^ a23, c4 = a4 ^ a9 ^ a14 ^ a19 ^ a24;
            ulong d0 = c4 ^ Turn(c1, 1), d1 = c0 ^ Turn(c2, 1), d2 = c1 ^ Turn(c3, 1), d3 = c2 ^ Turn(c4, 1);
            ulong d4 = c3 ^ Turn(c0, 1);

            // One output row at a time: its five lanes, moved and turned (rho and pi).
            ulong b0 = a0 ^ d0, b1 = Turn(a6 ^ d1, 44), b2 = Turn(a12 ^ d2, 43);
            ulong b3 = Turn(a18 ^ d3, 21), b4 = Turn(a24 ^ d4, 14);
            ulong b5 = Turn(a3 ^ d3, 28), b6 = Turn(a9 ^ d4, 20), b7 = Turn(a10 ^ d0, 3);
            ulong b8 = Turn(a16 ^ d1, 45), b9 = Turn(a22 ^ d2, 61);
            ulong b10 = Turn(a1 ^ d1, 1), b11 = Turn(a7 ^ d2, 6), b12 = Turn(a13 ^ d3, 25);
            ulong b13 = Turn(a19 ^ d4, 8), b14 = Turn(a20 ^ d0, 18);
            ulong b15 = Turn(a4 ^ d4, 27), b16 = Turn(a5 ^ d0, 36), b17 = Turn(a11 ^ d1, 10);
            ulong b18 = Turn(a17 ^ d2, 15), b19 = Turn(a23 ^ d3, 56);
            ulong b20 = Turn(a2 ^ d2, 62), b21 = Turn(a8 ^ d3, 55), b22 = Turn(a14 ^ d4, 39);
            ulong b23 = Turn(a15 ^ d0, 41), b24 = Turn(a21 ^ d1, 2);

            a0 = b0 ^ (~b1 & b2) ^ constant;
            a1 = b1 ^ (~b2 & b3);
            a2 = b2 ^ (~b3 & b4);
            a3 = b3 ^ (~b4 & b0);
            a4 = b4 ^ (~b0 & b1);
            a5 = b5 ^ (~b6 & b7);
            a6 = b6 ^ (~b7 & b8);
            a7 = b7 ^ (~b8 & b9);
            a8 = b8 ^ (~b9 & b5);
            a9 = b9 ^ (~b5 & b6);
            a10 = b10 ^ (~b11 & b12);
            a11 = b11 ^ (~b12 & b13);
            a12 = b12 ^ (~b13 & b14);
            a13 = b13 ^ (~b14 & b10);
            a14 = b14 ^ (~b10 & b11);
            a15 = b15 ^ (~b16 & b17);
            a16 = b16 ^ (~b17 & b18);
            a17 = b17 ^ (~b18 & b19);
            a18 = b18 ^ (~b19 & b15);
            a19 = b19 ^ (~b15 & b16);
            a20 = b20 ^ (~b21 & b22);
            a21 = b21 ^ (~b22 & b23);
            a22 = b22 ^ (~b23 & b24);
            a23 = b23 ^ (~b24 & b20);
            a24 = b24 ^ (~b20 & b21);
        }

        Store(s[0..], a0, a1, a2, a3, a4);
        Store(s[5..], a5, a6, a7, a8, a9);
        Store(s[10..], a10, a11, a12, a13, a14);
        Store(s[15..], a15, a16, a17, a18, a19);
        Store(s[20..], a20, a21, a22, a23, a24);
    }

    private static void Store(Span<ulong> row, ulong lane0, ulong lane1, ulong lane2, ulong lane3, ulong lane4)
    {
        row[4] = lane4;
        row[3] = lane3;
        row[2] = lane2;
        row[1] = lane1;
        row[0] = lane0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Turn(ulong lane, int bits) => BitOperations.RotateLeft(lane, bits);
}
