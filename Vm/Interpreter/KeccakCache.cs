using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Interpreter;

/// <summary>
/// Recent Keccak-256 hashes of 64 bytes. A contract finds an element of a mapping by such a hash, and hashes the same
/// key again for each access to it. Direct-mapped, so whoever chooses keys that collide only gets the usual price.
/// </summary>
internal sealed class KeccakCache
{
    public const int InputBytes = 64;

    private const int IndexBits = 11;

    private readonly Entry[] _entries = new Entry[1 << IndexBits];

    /// <summary>The hash of any bytes, as a word.</summary>
    [SkipLocalsInit]
    public UInt256 Hash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == InputBytes)
        {
            return HashOfTwoWords(bytes);
        }

        Span<byte> hash = stackalloc byte[32];
        Keccak256.Hash(bytes, hash);
        return UInt256.FromBigEndian(hash);
    }

    [SkipLocalsInit]
    private UInt256 HashOfTwoWords(ReadOnlySpan<byte> bytes)
    {
        Vector256<ulong> first = Vector256.Create<ulong>(MemoryMarshal.Cast<byte, ulong>(bytes));
        Vector256<ulong> second = Vector256.Create<ulong>(MemoryMarshal.Cast<byte, ulong>(bytes[32..]));
        ref Entry entry = ref _entries[Index(first, second)];
        if (entry.IsFilled && entry.First == first && entry.Second == second)
        {
            return entry.Hash;
        }

        Span<byte> hash = stackalloc byte[32];
        Keccak256.Hash(bytes, hash);
        entry = new Entry { IsFilled = true, First = first, Second = second, Hash = UInt256.FromBigEndian(hash) };
        return entry.Hash;
    }

    private static int Index(Vector256<ulong> first, Vector256<ulong> second)
    {
        unchecked
        {
            ulong mixed = (first[3] * 0x9E3779B97F4A7C15UL) ^ (second[3] * 0xBF58476D1CE4E5B9UL);
            mixed ^= (first[2] * 0x94D049BB133111EBUL) ^ (first[1] * 0xD6E8FEB86659FD93UL);
            return (int)((mixed ^ (mixed >> 29)) * 0x9E3779B97F4A7C15UL >> (64 - IndexBits));
        }
    }

    private struct Entry
    {
        public Vector256<ulong> First;
        public Vector256<ulong> Second;
        public UInt256 Hash;
        public bool IsFilled;
    }
}
