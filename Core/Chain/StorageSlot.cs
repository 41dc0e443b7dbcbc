using EnergyChain.Core.Codec;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Core.Chain;

/// <summary>One word of a contract's storage.</summary>
public readonly record struct StorageSlot(UInt256 Key, UInt256 Value) : IBcsValue<StorageSlot>
{
    public static StorageSlot Decode(ref BcsReader reader) => new(reader.ReadU256(), reader.ReadU256());

    public void Encode(BcsWriter writer)
    {
        writer.WriteU256(Key);
        writer.WriteU256(Value);
    }
}
