using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage.Portable;

/// <summary>
/// The digest over the records of a portable file: H(0x01 || digest before || H(record)), from 32 zero bytes on.
/// </summary>
internal static class PortableDigest
{
    public static Hash32 Next(Hash32 before, ReadOnlySpan<byte> record) =>
        Blake2b.HashNode(before, Blake2b.Hash(record));
}
