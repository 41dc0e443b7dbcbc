using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.State;

/// <summary>
/// How accounts and storage slots stand in the one state tree (docs/storage.md): account keys are H(0x00 || address),
/// slot keys H(0x01 || address || slot as 32 big-endian bytes); values are hashes of their canonical bytes.
/// </summary>
public static class StateKeys
{
    private const int SlotBytes = 32;

    public static Hash32 OfAccount(Address address)
    {
        Span<byte> bytes = stackalloc byte[1 + Address.Size];
        bytes[0] = 0;
        address.CopyTo(bytes[1..]);
        return Blake2b.Hash(bytes);
    }

    public static Hash32 OfSlot(Address address, in UInt256 slot)
    {
        Span<byte> bytes = stackalloc byte[1 + Address.Size + SlotBytes];
        bytes[0] = 1;
        address.CopyTo(bytes[1..]);
        slot.WriteBigEndian(bytes[(1 + Address.Size)..]);
        return Blake2b.Hash(bytes);
    }

    /// <summary>H(nonce u64 || balance u256 || code hash), integers little-endian.</summary>
    public static Hash32 ValueOf(in AccountState account)
    {
        BcsWriter writer = new(sizeof(ulong) + SlotBytes + Hash32.Size);
        writer.WriteU64(account.Nonce);
        writer.WriteU256(account.Balance);
        writer.WriteHash(account.CodeHash);
        return Blake2b.Hash(writer.WrittenSpan);
    }

    /// <summary>H(value as little-endian u256); 32 zero bytes, which delete a key, for zero.</summary>
    public static Hash32 ValueOf(in UInt256 word)
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
