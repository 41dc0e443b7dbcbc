namespace EnergyChain.Node.Devnet.Report;

/// <summary>
/// What a record in a block says of a site's slot. PV + import + discharge = load + export + charge, so the record's
/// four energies give what the battery moved: one of charge and discharge is 0.
/// </summary>
public sealed record MeteredEnergy(long LoadWh, long PvWh, long ImportWh, long ExportWh, long SocWh)
{
    public long ChargeWh => Math.Max(0, PvWh + ImportWh - LoadWh - ExportWh);

    public long DischargeWh => Math.Max(0, LoadWh + ExportWh - PvWh - ImportWh);
}
