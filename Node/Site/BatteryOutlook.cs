namespace EnergyChain.Node.Site;

/// <summary>
/// What a battery under self-consumption control does with a slot's surplus or deficit: it stores surplus until it is
/// full and serves demand until it is empty, within its power. All loss is taken on charge.
/// </summary>
/// <param name="CapacityWh">Energy it can hold; 0 for no battery.</param>
/// <param name="MaxSlotWh">Energy that its power moves in a slot.</param>
/// <param name="RoundTripPermille">Share of charged energy that comes out again, 1 to 1000.</param>
public sealed record BatteryOutlook(long CapacityWh, long MaxSlotWh, int RoundTripPermille)
{
    /// <summary>A site without a battery.</summary>
    public static readonly BatteryOutlook None = new(0, 0, 1_000);

    /// <summary>
    /// Steps over one slot: <paramref name="netWh"/> (production less load) becomes what the grid meter sees,
    /// positive for export, and <paramref name="storedWh"/> what is in the battery afterwards.
    /// </summary>
    public long Step(long netWh, ref long storedWh)
    {
        if (CapacityWh == 0)
        {
            return netWh;
        }

        if (netWh >= 0)
        {
            long room = Math.Max(0, CapacityWh - storedWh) * 1_000 / RoundTripPermille;
            long charged = Math.Min(netWh, Math.Min(room, MaxSlotWh));
            storedWh += charged * RoundTripPermille / 1_000;
            return netWh - charged;
        }

        long discharged = Math.Min(-netWh, Math.Min(storedWh, MaxSlotWh));
        storedWh -= discharged;
        return netWh + discharged;
    }
}
