namespace EnergyChain.Node.Site;

/// <summary>From when to when a site agent meters and trades, and what it knows of the past.</summary>
/// <param name="Calendar">Which hours the slots stand for.</param>
/// <param name="FirstSlot">The first slot that is metered and traded.</param>
/// <param name="EndSlot">The first slot that is not any more; null for no end.</param>
/// <param name="History">Earlier measurements of the same meters, oldest first.</param>
/// <param name="StoredWh">In the battery before the first slot.</param>
public sealed record SitePlan(
    SlotCalendar Calendar, long FirstSlot, long? EndSlot, IReadOnlyList<SlotEnergy> History, long StoredWh)
{
    public bool Covers(long slot) => slot >= FirstSlot && (EndSlot is not { } end || slot < end);
}
