namespace EnergyChain.Node.Index.Parts;

/// <summary>Binary searches over the directories of a part, which ascend.</summary>
internal static class PlaceSearch
{
    /// <summary>Number of the last chunk that begins at or before a position; -1 for none.</summary>
    public static int Last(IReadOnlyList<ChunkPlace> places, ulong position) =>
        FirstThat(places, place => place.Position > position) - 1;

    /// <summary>Number of the last chunk that begins before a time; -1 for none.</summary>
    public static int LastBefore(IReadOnlyList<ChunkPlace> places, ulong timeMs) =>
        FirstThat(places, place => place.TimeMs >= timeMs) - 1;

    /// <summary>Number of the last segment that can hold a key's position or one below; -1 for none.</summary>
    public static int Last(IReadOnlyList<SegmentPlace> places, IndexKey key, ulong position) =>
        FirstThat(places, place => place.IsAbove(key, position)) - 1;

    private static int FirstThat<T>(IReadOnlyList<T> places, Func<T, bool> isAbove)
    {
        int low = 0;
        int high = places.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (isAbove(places[middle]))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
