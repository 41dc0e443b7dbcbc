namespace EnergyChain.Node.Site;

/// <summary>What a site keeps on disk beside the chain.</summary>
/// <param name="MeterStates">What is known of the counters.</param>
/// <param name="Readings">Raw readings.</param>
public sealed record SiteFiles(MeterStateFile MeterStates, ReadingsArchive Readings);
