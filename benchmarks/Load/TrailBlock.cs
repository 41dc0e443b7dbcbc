namespace EnergyChain.Benchmarks.Load;

/// <summary>A final block as a node told of it.</summary>
/// <param name="Height">From 1.</param>
/// <param name="TimeMs">The time in its header.</param>
/// <param name="Transactions">How many it has.</param>
/// <param name="SeenAt">When it came, as a timestamp.</param>
internal readonly record struct TrailBlock(ulong Height, long TimeMs, int Transactions, long SeenAt);
