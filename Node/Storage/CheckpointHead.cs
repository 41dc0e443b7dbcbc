using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// What a checkpoint says of the block after which its state holds. The terms reach to that of the height after the
/// next, as in <see cref="Execution.ChainHead"/>.
/// </summary>
public sealed record CheckpointHead(
    Height Height, Hash32 BlockHash, Hash32 StateRoot, Hash32 ReceiptsRoot, Gas GasUsed, TermHistory Terms)
    : IBcsValue<CheckpointHead>
{
    public static CheckpointHead Decode(ref BcsReader reader) => new(
        new Height(reader.ReadU64()),
        reader.ReadHash(),
        reader.ReadHash(),
        reader.ReadHash(),
        new Gas(reader.ReadU64()),
        TermHistory.Decode(ref reader));

    public void Encode(BcsWriter writer)
    {
        writer.WriteU64(Height.Value);
        writer.WriteHash(BlockHash);
        writer.WriteHash(StateRoot);
        writer.WriteHash(ReceiptsRoot);
        writer.WriteU64(GasUsed.Value);
        Terms.Encode(writer);
    }
}
