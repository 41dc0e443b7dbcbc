namespace EnergyChain.Benchmarks.Load;

/// <summary>Everything that a run saw, before any figure is made of it.</summary>
/// <param name="First">What all had used when the first measured block came, whose transactions do not count.</param>
/// <param name="Last">The same at the last measured block.</param>
/// <param name="Blocks">All blocks.</param>
/// <param name="Seen">All blocks as each lane's node told of them.</param>
/// <param name="Names">Those of the nodes.</param>
/// <param name="Lanes">What was offered.</param>
/// <param name="Feeder">Who offered it.</param>
/// <param name="Audit">What the blocks hold, and what does not hold.</param>
/// <param name="PeakRssBytes">The most memory of each node.</param>
internal sealed record LoadMeasurement(
    LoadSample First,
    LoadSample Last,
    IReadOnlyList<TrailBlock> Blocks,
    IReadOnlyList<IReadOnlyList<TrailBlock>> Seen,
    IReadOnlyList<string> Names,
    IReadOnlyList<Lane> Lanes,
    LoadFeeder Feeder,
    ChainAudit Audit,
    IReadOnlyList<long> PeakRssBytes);
