using EnergyChain.Client.Model;

namespace EnergyChain.Dashboard.History;

/// <summary>What all devices of a site measured in a slot; Wh.</summary>
/// <param name="ProducedWh">Produced.</param>
/// <param name="ConsumedWh">Consumed.</param>
/// <param name="ImportedWh">From the grid.</param>
/// <param name="ExportedWh">Into the grid.</param>
/// <param name="SocWh">In batteries at slot end.</param>
/// <param name="Records">Records that it is of.</param>
/// <param name="LateRecords">Those of them that came after the report window and changed no payment.</param>
public readonly record struct MeteredSlot(
    ulong ProducedWh,
    ulong ConsumedWh,
    ulong ImportedWh,
    ulong ExportedWh,
    ulong SocWh,
    int Records,
    int LateRecords)
{
    public bool IsLate => LateRecords > 0;

    public MeteredSlot With(ReadingInfo record) => new(
        Sum(ProducedWh, record.ProducedWh),
        Sum(ConsumedWh, record.ConsumedWh),
        Sum(ImportedWh, record.ImportedWh),
        Sum(ExportedWh, record.ExportedWh),
        Sum(SocWh, record.SocWh),
        Records + 1,
        LateRecords + (record.IsLate ? 1 : 0));

    // What no meter can measure must not break a page.
    private static ulong Sum(ulong left, ulong right) => left > ulong.MaxValue - right ? ulong.MaxValue : left + right;
}
