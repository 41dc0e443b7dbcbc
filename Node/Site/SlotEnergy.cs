namespace EnergyChain.Node.Site;

/// <summary>What a site's own meters measured in a slot that is over.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="LoadWh">Consumed by the site.</param>
/// <param name="ProducedWh">Produced by its PV.</param>
/// <param name="NetExportWh">Exported less imported at the grid meter; null where only load and PV are known.</param>
public readonly record struct SlotEnergy(long Slot, long LoadWh, long ProducedWh, long? NetExportWh = null);
