namespace EnergyChain.Node.Index.Parts;

/// <summary>
/// The rows of a chunk, ascending by position. Of one row only that one is made; the others are passed over.
/// Everything throws <see cref="IndexDamageException"/>.
/// </summary>
internal static class RowChunk
{
    private delegate T DecodeRow<out T>(ulong position, ulong timeMs, ref ChunkReader reader);

    private delegate void SkipRow(ref ChunkReader reader);

    /// <summary>The transaction at a position; null where there is none.</summary>
    public static TransactionRow? Transaction(byte[] chunk, ChunkPlace place, ulong position) =>
        Find(chunk, place, position, TransactionRow.Decode, TransactionRow.Skip);

    /// <summary>The event at a position; null where there is none.</summary>
    public static EventRow? Event(byte[] chunk, ChunkPlace place, ulong position) =>
        Find(chunk, place, position, EventRow.Decode, EventRow.Skip);

    /// <summary>Position and time of every row.</summary>
    public static IReadOnlyList<(ulong Position, ulong TimeMs)> Places(IndexRows table, byte[] chunk, ChunkPlace place)
    {
        SkipRow skip = table == IndexRows.Transactions ? TransactionRow.Skip : EventRow.Skip;
        List<(ulong, ulong)> places = new(RowChunkWriter.FullRows);
        ChunkReader reader = new(chunk);
        (ulong position, ulong timeMs) = (place.Position, place.TimeMs);
        while (!reader.IsAtEnd)
        {
            Pass(ref reader, ref position, ref timeMs);
            skip(ref reader);
            places.Add((position, timeMs));
        }

        return places;
    }

    private static T? Find<T>(byte[] chunk, ChunkPlace place, ulong wanted, DecodeRow<T> decode, SkipRow skip)
        where T : class
    {
        ChunkReader reader = new(chunk);
        (ulong position, ulong timeMs) = (place.Position, place.TimeMs);
        while (!reader.IsAtEnd)
        {
            Pass(ref reader, ref position, ref timeMs);
            if (position >= wanted)
            {
                return position == wanted ? decode(position, timeMs, ref reader) : null;
            }

            skip(ref reader);
        }

        return null;
    }

    private static void Pass(ref ChunkReader reader, ref ulong position, ref ulong timeMs)
    {
        position = unchecked(position + reader.ReadNumber());
        timeMs = unchecked(timeMs + reader.ReadNumber());
    }
}
