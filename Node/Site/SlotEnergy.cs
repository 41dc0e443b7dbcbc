namespace EnergyChain.Node.Site;

/// <summary>What a site's own meters measured in a slot that is over.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="LoadWh">Consumed by the site.</param>
/// <param name="ProducedWh">Produced by its PV.</param>
public readonly record struct SlotEnergy(long Slot, long LoadWh, long ProducedWh);
