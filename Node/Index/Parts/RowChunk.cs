namespace EnergyChain.Node.Index.Parts;

/// <summary>A chunk of rows, decoded; ascending by position.</summary>
internal static class RowChunk
{
    /// <summary>Throws <see cref="IndexDamageException"/>.</summary>
    public static IReadOnlyList<TransactionRow> Transactions(byte[] chunk, ChunkPlace place) =>
        Read(chunk, place, TransactionRow.Decode);

    /// <summary>Throws <see cref="IndexDamageException"/>.</summary>
    public static IReadOnlyList<EventRow> Events(byte[] chunk, ChunkPlace place) =>
        Read(chunk, place, EventRow.Decode);

    private delegate T DecodeRow<out T>(ulong position, ulong timeMs, ref ChunkReader reader);

    private static List<T> Read<T>(byte[] chunk, ChunkPlace place, DecodeRow<T> decode)
    {
        List<T> rows = [];
        ChunkReader reader = new(chunk);
        ulong position = place.Position;
        ulong timeMs = place.TimeMs;
        while (!reader.IsAtEnd)
        {
            position = unchecked(position + reader.ReadNumber());
            timeMs = unchecked(timeMs + reader.ReadNumber());
            rows.Add(decode(position, timeMs, ref reader));
        }

        return rows;
    }
}
