namespace EnergyChain.Node.Index;

/// <summary>Sizes of the index's parts; tests make them small.</summary>
internal sealed record IndexTuning
{
    /// <summary>Bytes that the part in memory takes before it is written to a file.</summary>
    public long PartBytes { get; init; } = 24 * 1024 * 1024;

    /// <summary>Blocks after which it is written all the same: so many at most are read again after a crash.</summary>
    public ulong PartBlocks { get; init; } = 8_192;

    /// <summary>Adjacent parts of a level that are merged into one of the next.</summary>
    public int Fanout { get; init; } = 8;

    /// <summary>A merge that would make a larger file is left out.</summary>
    public long MaxFileBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>
    /// Files that are open at once, each with its directories (up to 1.5 MB) and LiteDB's pages (up to 5 MB).
    /// </summary>
    public int MaxOpenParts { get; init; } = 10;

    /// <summary>Blocks that are worth a file when the node stops; fewer are read again at the next start.</summary>
    public ulong LeastBlocksAtStop { get; init; } = 64;

    /// <summary>Blocks that are read and decoded ahead of the writer; each is some 30 MB under full load.</summary>
    public int ReadAhead { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 2);
}
