using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>A meter record that the chain accepted. Energy in Wh.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Device">The device that signed it.</param>
/// <param name="Site">Its site.</param>
/// <param name="ImportedWh">From the grid.</param>
/// <param name="ExportedWh">Into the grid.</param>
/// <param name="ProducedWh">Produced.</param>
/// <param name="ConsumedWh">Consumed.</param>
/// <param name="SocWh">In the battery at slot end.</param>
/// <param name="IsLate">After the report window: it changed no payment.</param>
/// <param name="Height">The block that took it.</param>
public sealed record ReadingInfo(
    ulong Slot,
    Address Device,
    uint Site,
    ulong ImportedWh,
    ulong ExportedWh,
    ulong ProducedWh,
    ulong ConsumedWh,
    ulong SocWh,
    bool IsLate,
    Height Height)
{
    /// <summary>The time of that block.</summary>
    public BlockTime Time { get; init; }

    public Hash32 TransactionId { get; init; }
}
