using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Ledger.Tree;

/// <summary>A subtree where a cut through the state tree passes.</summary>
/// <param name="Depth">Bits of the key that all its leaves share; 0 is the whole tree.</param>
/// <param name="Hash">Its hash; 32 zero bytes for an empty one.</param>
public readonly record struct FrontierNode(int Depth, Hash32 Hash) : IBcsValue<FrontierNode>
{
    public static FrontierNode Decode(ref BcsReader reader) => new(reader.ReadU16(), reader.ReadHash());

    public void Encode(BcsWriter writer)
    {
        writer.WriteU16(checked((ushort)Depth));
        writer.WriteHash(Hash);
    }
}
