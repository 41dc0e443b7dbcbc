using EnergyChain.Client.Model;

namespace EnergyChain.Dashboard.Explorer;

/// <summary>Devices that have reported lately.</summary>
/// <param name="Newest">The newest record of each, by site.</param>
/// <param name="Looked">Records that were looked through.</param>
/// <param name="IsCut">Whether there would be more devices further back.</param>
public sealed record ReportingList(IReadOnlyList<ReadingInfo> Newest, int Looked, bool IsCut);
