using EnergyChain.Core.Codec;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>An account that exists from the start: a holder of coin, or a predeployed contract.</summary>
/// <param name="Address">The account.</param>
/// <param name="Balance">Base units.</param>
/// <param name="Code">Runtime code; empty for a plain account.</param>
/// <param name="Storage">Storage slots, strictly ascending by key, no zero values.</param>
public sealed record GenesisAccount(
    Address Address, UInt256 Balance, ReadOnlyMemory<byte> Code, IReadOnlyList<StorageSlot> Storage)
    : IBcsValue<GenesisAccount>
{
    /// <summary>Bytes of runtime code (EIP-170).</summary>
    public const int MaxCodeBytes = 24_576;

    /// <summary>Storage slots of one account.</summary>
    public const int MaxSlots = 65_536;

    public static GenesisAccount Decode(ref BcsReader reader) => new(
        reader.ReadAddress(),
        reader.ReadU256(),
        reader.ReadBytes(MaxCodeBytes),
        Bcs.ReadList<StorageSlot>(ref reader, MaxSlots));

    public void Encode(BcsWriter writer)
    {
        writer.WriteAddress(Address);
        writer.WriteU256(Balance);
        writer.WriteBytes(Code.Span);
        writer.WriteList(Storage);
    }
}
