namespace EnergyChain.Dashboard.Billing;

/// <summary>A site's bill over a stretch of slots.</summary>
/// <param name="Site">The site.</param>
/// <param name="Lines">Slots that have records or trades, oldest first.</param>
/// <param name="Sums">Over all lines.</param>
/// <param name="FirstSlot">The first slot that is complete.</param>
/// <param name="IsWhole">False where the stretch has more rows than are read: it then begins later.</param>
public sealed record SiteBill(
    uint Site, IReadOnlyList<BillLine> Lines, BillSums Sums, ulong FirstSlot, bool IsWhole)
{
    /// <summary>Meter records of the stretch that were erased: their slots lack them.</summary>
    public int Erased { get; init; }
}
