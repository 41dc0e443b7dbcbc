namespace EnergyChain.Devices.Simulation;

/// <summary>Cumulative energies of a site since its start, and what is in its battery.</summary>
internal readonly record struct SiteTotals(
    long PhotovoltaicWh, long ChargeWh, long DischargeWh, long ImportWh, long ExportWh, long StoredMilliWh)
{
    /// <summary>A part of the slot later; parts are rounded down, the whole is exact.</summary>
    public SiteTotals After(in SlotFlows flows, long part, long whole) => new(
        PhotovoltaicWh + (flows.PhotovoltaicWh * part / whole),
        ChargeWh + (flows.ChargeWh * part / whole),
        DischargeWh + (flows.DischargeWh * part / whole),
        ImportWh + (flows.ImportWh * part / whole),
        ExportWh + (flows.ExportWh * part / whole),
        StoredMilliWh + ((flows.StoredMilliWh - StoredMilliWh) * part / whole));
}
