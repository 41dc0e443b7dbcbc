using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Ledger.State;

/// <summary>
/// Storage keys are chosen by whoever calls a contract, so their hash codes are keyed with a seed that outsiders do
/// not know: nobody can make keys that all fall into one bucket. No result depends on the seed.
/// </summary>
public sealed class SlotKeyComparer(ulong seed) : IEqualityComparer<UInt256>
{
    private readonly ulong _seedA = seed ^ 0x9E3779B97F4A7C15UL;
    private readonly ulong _seedB = unchecked((seed * 0xBF58476D1CE4E5B9UL) ^ 0x94D049BB133111EBUL);

    public bool Equals(UInt256 x, UInt256 y) => x == y;

    public int GetHashCode([DisallowNull] UInt256 obj)
    {
        Span<byte> bytes = stackalloc byte[32];
        obj.WriteBigEndian(bytes);
        ReadOnlySpan<ulong> words = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(bytes);
        ulong mixed = Mix(words[0] ^ _seedA, words[1] ^ _seedB) ^ Mix(words[2] ^ _seedB, words[3] ^ _seedA ^ _seedB);
        return unchecked((int)(mixed ^ (mixed >> 32)));
    }

    private static ulong Mix(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
