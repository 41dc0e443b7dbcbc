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
        List<(IndexKey, ulong)> all = [];
        Read(segment, key, all);
        foreach ((_, ulong position) in all)
        {
            if (position >= from && position <= to)
            {
                positions.Add(position);
            }
        }
    }

    /// <summary>Every posting of a segment in order, in place of what the list holds.</summary>
    public static void ReadAll(byte[] segment, List<(IndexKey Key, ulong Position)> all)
    {
        all.Clear();
        Read(segment, null, all);
    }

    private static void Read(byte[] segment, IndexKey? only, List<(IndexKey Key, ulong Position)> all)
    {
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
    }
}
