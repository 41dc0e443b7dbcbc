using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index.Parts;

/// <summary>What a part's file says of itself.</summary>
/// <param name="GenesisHash">Of the chain.</param>
/// <param name="Range">Its heights.</param>
/// <param name="LastHash">Hash of its last block.</param>
/// <param name="LastTimeMs">Time of its last block.</param>
/// <param name="Transactions">Rows.</param>
/// <param name="Events">Rows.</param>
internal sealed record PartHead(
    Hash32 GenesisHash, PartRange Range, Hash32 LastHash, ulong LastTimeMs, long Transactions, long Events)
    : IBcsValue<PartHead>
{
    // Of the file's layout; another is built anew.
    private const uint Schema = 2;

    public static PartHead Decode(ref BcsReader reader)
    {
        if (reader.ReadU32() != Schema)
        {
            reader.Fail(DecodeError.UnknownVariant);
        }

        return new PartHead(
            reader.ReadHash(),
            new PartRange(new Height(reader.ReadU64()), new Height(reader.ReadU64())),
            reader.ReadHash(),
            reader.ReadU64(),
            (long)(reader.ReadU64() & long.MaxValue),
            (long)(reader.ReadU64() & long.MaxValue));
    }

    public void Encode(BcsWriter writer)
    {
        writer.WriteU32(Schema);
        writer.WriteHash(GenesisHash);
        writer.WriteU64(Range.First.Value);
        writer.WriteU64(Range.Last.Value);
        writer.WriteHash(LastHash);
        writer.WriteU64(LastTimeMs);
        writer.WriteU64((ulong)Transactions);
        writer.WriteU64((ulong)Events);
    }
}
