namespace EnergyChain.Node.Index.Parts;

/// <summary>Where a segment of postings begins.</summary>
/// <param name="Key">Of its first entry.</param>
/// <param name="Position">The first of that entry.</param>
/// <param name="Chunk">Number of the chunk in its part.</param>
internal readonly record struct SegmentPlace(IndexKey Key, ulong Position, int Chunk)
{
    /// <summary>Whether a key's position can only stand in a later segment.</summary>
    public bool IsAbove(in IndexKey key, ulong position)
    {
        int byKey = Key.CompareTo(key);
        return byKey > 0 || (byKey == 0 && Position > position);
    }
}
