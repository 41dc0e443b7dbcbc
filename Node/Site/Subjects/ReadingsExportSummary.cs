namespace EnergyChain.Node.Site.Subjects;

/// <summary>What an export of readings came to.</summary>
/// <param name="Rows">Readings written.</param>
/// <param name="Unreadable">Places and records that are damaged, were changed, or do not fit their hash.</param>
internal readonly record struct ReadingsExportSummary(long Rows, long Unreadable);
