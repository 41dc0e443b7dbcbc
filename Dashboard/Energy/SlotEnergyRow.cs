using EnergyChain.Client.Model;
using EnergyChain.Dashboard.History;

namespace EnergyChain.Dashboard.Energy;

/// <summary>A slot of a site over all its devices; energy in Wh.</summary>
public sealed record SlotEnergyRow(
    ulong Slot, ulong ProducedWh, ulong ConsumedWh, ulong ImportedWh, ulong ExportedWh, ulong SocWh)
{
    /// <summary>Records of a site added up by slot, oldest first.</summary>
    public static IReadOnlyList<SlotEnergyRow> Of(IEnumerable<ReadingInfo> records) =>
    [
        .. records
            .GroupBy(record => record.Slot)
            .OrderBy(slot => slot.Key)
            .Select(slot => Of(slot.Key, slot.Aggregate(default(MeteredSlot), (sum, record) => sum.With(record)))),
    ];

    public static SlotEnergyRow Of(ulong slot, MeteredSlot metered) => new(
        slot, metered.ProducedWh, metered.ConsumedWh, metered.ImportedWh, metered.ExportedWh, metered.SocWh);
}
