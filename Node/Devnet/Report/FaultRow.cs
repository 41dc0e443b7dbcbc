namespace EnergyChain.Node.Devnet.Report;

/// <summary>Something that failed in the run.</summary>
/// <param name="TimeMs">When it was seen, in ms since 1970.</param>
/// <param name="Kind">"validator" or "meter".</param>
/// <param name="Name">The validator, or home and device.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record FaultRow(ulong TimeMs, string Kind, string Name, string Reason);
