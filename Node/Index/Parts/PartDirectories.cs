using EnergyChain.Core.Codec;

namespace EnergyChain.Node.Index.Parts;

/// <summary>Where what begins in a part's file; in memory while the file is open.</summary>
/// <param name="Transactions">Chunks of transactions, ascending.</param>
/// <param name="Events">Chunks of events, ascending.</param>
/// <param name="Segments">Segments of postings, ascending by key and position.</param>
internal sealed record PartDirectories(
    IReadOnlyList<ChunkPlace> Transactions, IReadOnlyList<ChunkPlace> Events, IReadOnlyList<SegmentPlace> Segments)
    : IBcsValue<PartDirectories>
{
    private const int MaxPlaces = 4_000_000;

    public IReadOnlyList<ChunkPlace> Of(IndexRows table) => table == IndexRows.Transactions ? Transactions : Events;

    public static PartDirectories Decode(ref BcsReader reader) =>
        new(DecodeChunks(ref reader), DecodeChunks(ref reader), DecodeSegments(ref reader));

    public void Encode(BcsWriter writer)
    {
        foreach (IReadOnlyList<ChunkPlace> places in new[] { Transactions, Events })
        {
            writer.WriteLength(places.Count);
            foreach (ChunkPlace place in places)
            {
                writer.WriteU64(place.Position);
                writer.WriteU64(place.TimeMs);
                writer.WriteU32((uint)place.Chunk);
            }
        }

        writer.WriteLength(Segments.Count);
        foreach (SegmentPlace place in Segments)
        {
            writer.WriteU8((byte)place.Key.List);
            writer.WriteU256(place.Key.Value);
            writer.WriteU64(place.Position);
            writer.WriteU32((uint)place.Chunk);
        }
    }

    private static List<ChunkPlace> DecodeChunks(ref BcsReader reader)
    {
        int count = reader.ReadLength(MaxPlaces);
        List<ChunkPlace> places = [];
        for (int i = 0; i < count && !reader.Failed; i++)
        {
            places.Add(new ChunkPlace(reader.ReadU64(), reader.ReadU64(), (int)(reader.ReadU32() & int.MaxValue)));
        }

        return places;
    }

    private static List<SegmentPlace> DecodeSegments(ref BcsReader reader)
    {
        int count = reader.ReadLength(MaxPlaces);
        List<SegmentPlace> places = [];
        for (int i = 0; i < count && !reader.Failed; i++)
        {
            IndexKey key = new((IndexList)reader.ReadU8(), reader.ReadU256());
            places.Add(new SegmentPlace(key, reader.ReadU64(), (int)(reader.ReadU32() & int.MaxValue)));
        }

        return places;
    }
}
