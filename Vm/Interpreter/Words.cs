using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.Interpreter;

/// <summary>Addresses and hashes as stack words, and back.</summary>
internal static class Words
{
    /// <summary>The low 20 bytes of a word.</summary>
    public static Address ToAddress(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[32];
        word.WriteBigEndian(bytes);
        return new Address(bytes[12..]);
    }

    public static UInt256 FromAddress(Address address)
    {
        Span<byte> bytes = stackalloc byte[32];
        bytes[..12].Clear();
        address.CopyTo(bytes[12..]);
        return UInt256.FromBigEndian(bytes);
    }

    public static Hash32 ToHash(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[32];
        word.WriteBigEndian(bytes);
        return new Hash32(bytes);
    }

    public static UInt256 FromHash(Hash32 hash)
    {
        Span<byte> bytes = stackalloc byte[32];
        hash.CopyTo(bytes);
        return UInt256.FromBigEndian(bytes);
    }

    /// <summary>Bytes in whole words.</summary>
    public static long Count(int bytes) => ((long)bytes + 31) / 32;
}
