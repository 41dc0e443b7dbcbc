namespace EnergyChain.Node.Index.Parts;

/// <summary>
/// A run of blocks in the index. Reads may run on any thread. They throw <see cref="IndexDamageException"/> where a
/// file does not hold what was written, and <see cref="PartGoneException"/> where the part was merged or removed.
/// </summary>
internal interface IIndexPart
{
    PartRange Range { get; }

    /// <summary>Positions of a key from one position to another, both included, ascending.</summary>
    /// <param name="key">List and key.</param>
    /// <param name="from">The lowest wanted.</param>
    /// <param name="to">The highest wanted.</param>
    /// <param name="limit">The highest so many, or some more.</param>
    IReadOnlyList<ulong> Positions(in IndexKey key, ulong from, ulong to, int limit);

    /// <summary>The last chunk of a table that begins at or before a position; false where none does.</summary>
    bool TryGetChunk(IndexRows table, ulong position, out ChunkPlace place, out byte[] chunk);

    /// <summary>The last chunk of a table that begins before a time; false where none does.</summary>
    bool TryGetChunkBefore(IndexRows table, ulong timeMs, out ChunkPlace place, out byte[] chunk);
}
