using System.Buffers.Binary;
using System.Numerics;

namespace EnergyChain.Node.Storage;

/// <summary>
/// CRC-32C (Castagnoli, as in RFC 3720 appendix B.4): finds what a disk or a crash damaged, not forgery.
/// </summary>
public static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte rest in bytes)
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return ~crc;
    }
}
