namespace EnergyChain.Devices.Simulation;

/// <summary>
/// The energies of a simulated site in one slot. Always PV + import + discharge = load + export + charge, and at most
/// one of import and export is not 0.
/// </summary>
/// <param name="Slot">The slot.</param>
/// <param name="LoadWh">Used by the home.</param>
/// <param name="PhotovoltaicWh">Made by the panels.</param>
/// <param name="ChargeWh">Into the battery at its AC side.</param>
/// <param name="DischargeWh">Out of the battery at its AC side.</param>
/// <param name="ImportWh">From the grid.</param>
/// <param name="ExportWh">To the grid.</param>
/// <param name="StoredMilliWh">In the battery at the end.</param>
public readonly record struct SlotFlows(
    long Slot,
    long LoadWh,
    long PhotovoltaicWh,
    long ChargeWh,
    long DischargeWh,
    long ImportWh,
    long ExportWh,
    long StoredMilliWh)
{
    /// <summary>In the battery at the end, whole Wh.</summary>
    public long StoredWh => StoredMilliWh / 1000;
}
