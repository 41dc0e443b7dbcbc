namespace EnergyChain.Node.Index.Parts;

/// <summary>A segment of postings, read entry by entry.</summary>
internal static class Segment
{
    private const int MaxPositions = 1 << 20;

    /// <summary>
    /// Adds the positions of a key from <paramref name="from"/> to <paramref name="to"/>, ascending, to a list. Throws
    /// <see cref="IndexDamageException"/>.
    /// </summary>
    public static void Collect(byte[] segment, in IndexKey key, ulong from, ulong to, List<ulong> positions)
    {
        foreach ((IndexKey at, ulong position) in All(segment, key))
        {
            if (at == key && position >= from && position <= to)
            {
                positions.Add(position);
            }
        }
    }

    /// <summary>Every posting of a segment in order.</summary>
    public static List<(IndexKey Key, ulong Position)> All(byte[] segment) => All(segment, null);

    private static List<(IndexKey Key, ulong Position)> All(byte[] segment, IndexKey? only)
    {
        List<(IndexKey, ulong)> all = [];
        ChunkReader reader = new(segment);
        Span<byte> key = stackalloc byte[32];
        while (!reader.IsAtEnd)
        {
            IndexList list = (IndexList)reader.ReadCount(byte.MaxValue);
            Span<byte> bytes = key[..reader.ReadCount(key.Length)];
            reader.ReadFixed(bytes);
            IndexKey at = new(list, Core.Numerics.UInt256.FromBigEndian(bytes));
            ulong position = reader.ReadNumber();
            int count = reader.ReadCount(MaxPositions);
            int length = reader.ReadCount(segment.Length);
            if (only is { } wanted && wanted != at)
            {
                reader.Skip(length);
                continue;
            }

            all.Add((at, position));
            for (int i = 1; i < count; i++)
            {
                position = unchecked(position + reader.ReadNumber());
                all.Add((at, position));
            }
        }

        return all;
    }
}
