namespace EnergyChain.Node.Api;

/// <summary>What became of a site's meter records since the node started. Immutable.</summary>
/// <param name="Missing">Slots without a complete reading so far.</param>
/// <param name="Waiting">Records that are in no block yet, those refused for now among them.</param>
/// <param name="Accepted">Records that the chain took.</param>
/// <param name="Failed">Records in a block that the registry refused.</param>
/// <param name="GivenUp">Slots whose record will not come any more.</param>
/// <param name="Refusals">Times that the node refused a record at its admission.</param>
/// <param name="Recent">Newest slot first.</param>
public sealed record RecordsSnapshot(
    ulong Missing,
    ulong Waiting,
    ulong Accepted,
    ulong Failed,
    ulong GivenUp,
    ulong Refusals,
    IReadOnlyList<SlotRecord> Recent)
{
    public static RecordsSnapshot Empty { get; } = new(0, 0, 0, 0, 0, 0, []);
}
