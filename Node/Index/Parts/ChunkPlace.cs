namespace EnergyChain.Node.Index.Parts;

/// <summary>Where a chunk of rows begins.</summary>
/// <param name="Position">Of its first row.</param>
/// <param name="TimeMs">Of its first row.</param>
/// <param name="Chunk">Number of the chunk in its part.</param>
internal readonly record struct ChunkPlace(ulong Position, ulong TimeMs, int Chunk);
