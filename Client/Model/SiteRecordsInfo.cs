namespace EnergyChain.Client.Model;

/// <summary>What became of a site's meter records since its node started, as counts of slots.</summary>
/// <param name="Missing">Without a complete reading so far.</param>
/// <param name="Waiting">In no block yet, those refused for now among them.</param>
/// <param name="Accepted">The chain took them.</param>
/// <param name="Failed">In a block, and refused by the registry.</param>
/// <param name="GivenUp">Will not come any more.</param>
/// <param name="Refusals">Times that the node refused a record at its admission.</param>
/// <param name="Recent">Newest slot first.</param>
public sealed record SiteRecordsInfo(
    ulong Missing,
    ulong Waiting,
    ulong Accepted,
    ulong Failed,
    ulong GivenUp,
    ulong Refusals,
    IReadOnlyList<SlotRecordInfo> Recent);
