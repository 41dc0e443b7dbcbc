using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Proofs;

/// <summary>
/// How accounts and storage slots stand in the one state tree (docs/storage.md): account keys are H(0x00 || address),
/// slot keys H(0x01 || address || slot as 32 big-endian bytes); values are hashes of their canonical bytes.
/// </summary>
public static class StateLeaf
{
    private const int SlotBytes = 32;

    public static Hash32 KeyOfAccount(Address address)
    {
        Span<byte> bytes = stackalloc byte[1 + Address.Size];
        bytes[0] = 0;
        address.CopyTo(bytes[1..]);
        return Blake2b.Hash(bytes);
    }

    public static Hash32 KeyOfSlot(Address address, in UInt256 slot)
    {
        Span<byte> bytes = stackalloc byte[1 + Address.Size + SlotBytes];
        bytes[0] = 1;
        address.CopyTo(bytes[1..]);
        slot.WriteBigEndian(bytes[(1 + Address.Size)..]);
        return Blake2b.Hash(bytes);
    }

    /// <summary>H(value as little-endian u256); 32 zero bytes, which delete a key, for zero.</summary>
    public static Hash32 HashOfWord(in UInt256 word)
    {
        if (word.IsZero)
        {
            return Hash32.Zero;
        }

        Span<byte> bytes = stackalloc byte[SlotBytes];
        word.WriteBigEndian(bytes);
        bytes.Reverse();
        return Blake2b.Hash(bytes);
    }
}
