namespace EnergyChain.Dashboard.Energy;

/// <summary>A slot of a site over all its devices; energy in Wh.</summary>
public sealed record SlotEnergyRow(
    ulong Slot, ulong ProducedWh, ulong ConsumedWh, ulong ImportedWh, ulong ExportedWh, ulong SocWh);
