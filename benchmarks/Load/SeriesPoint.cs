namespace EnergyChain.Benchmarks.Load;

/// <summary>How the nodes were at a moment of a long run.</summary>
/// <param name="Seconds">Since the measured time began.</param>
/// <param name="Height">Of the head of the first node.</param>
/// <param name="HeadTimeMs">The time in its header.</param>
/// <param name="PoolTransactions">In the fullest pool of all nodes.</param>
/// <param name="RssBytes">Of the node with the most memory.</param>
internal sealed record SeriesPoint(
    double Seconds, ulong Height, ulong HeadTimeMs, long PoolTransactions, long RssBytes);
