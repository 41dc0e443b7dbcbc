using System.Numerics;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Dashboard.Billing;
using EnergyChain.Dashboard.History;
using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Text;

namespace EnergyChain.Dashboard.Energy;

/// <summary>Adds up a site's day from the node's history, of which only what is new is asked for.</summary>
internal sealed class SiteDayReader(SlotHistories histories)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>A site's day of now, whichever day that is when the node is asked.</summary>
    public LiveQuery<SiteDay> Query(uint site, ulong slotSeconds, SiteClock clock, TimeProvider time) => new(
        $"day/{site}",
        (node, stop) => ReadAsync(
            node, site, BillPeriod.DayOf(time.GetUtcNow(), clock).Slots(clock, slotSeconds), slotSeconds, stop),
        Every)
    {
        KeepFor = Kept,
        IsHistory = true,
        Rows = static day => day.Slots.Count,
    };

    /// <param name="node">A node with an index.</param>
    /// <param name="site">The site.</param>
    /// <param name="slots">Those of its day.</param>
    /// <param name="slotSeconds">Seconds of a slot.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<SiteDay> ReadAsync(
        INodeClient node, uint site, SlotSpan slots, ulong slotSeconds, CancellationToken cancellationToken) =>
        histories.ReadAsync(
            node,
            new HistoryKey(site, slots, slotSeconds),
            history => Sum(site, history, slotSeconds),
            cancellationToken);

    private static SiteDay Sum(uint site, SlotHistory history, ulong slotSeconds)
    {
        SlotEnergyRow[] slots = [.. history.Metered
            .OrderBy(slot => slot.Key.Slot)
            .Select(slot => SlotEnergyRow.Of(slot.Key.Slot, slot.Value))];
        BigInteger earned = 0, spent = 0, sold = 0, bought = 0;
        foreach (TradeInfo trade in history.Trades.Values)
        {
            if (trade.Settlement is not { } settled)
            {
                continue;
            }

            if (trade.SellerSite == site)
            {
                earned += settled.Paid.ToBigInteger();
                spent += settled.Compensation.ToBigInteger();
                sold += settled.DeliveredWh;
            }

            if (trade.BuyerSite == site)
            {
                spent += settled.Paid.ToBigInteger() + settled.Fee.ToBigInteger();
                earned += settled.Compensation.ToBigInteger();
                bought += settled.DeliveredWh;
            }
        }

        return new SiteDay
        {
            From = DateTimeOffset.FromUnixTimeSeconds((long)(history.FirstSlot * slotSeconds)),
            IsWhole = history.IsWhole,
            Records = history.Metered.Values.Sum(slot => slot.Records),
            ProducedWh = Sum(slots, slot => slot.ProducedWh),
            ConsumedWh = Sum(slots, slot => slot.ConsumedWh),
            ImportedWh = Sum(slots, slot => slot.ImportedWh),
            ExportedWh = Sum(slots, slot => slot.ExportedWh),
            SoldWh = sold,
            BoughtWh = bought,
            Earned = earned,
            Spent = spent,
            Rewards = history.Rewards.Values.Aggregate(BigInteger.Zero, static (sum, reward) => sum + reward),
            Erased = history.Erased,
            Slots = slots,
        };
    }

    private static BigInteger Sum(SlotEnergyRow[] slots, Func<SlotEnergyRow, ulong> field) =>
        slots.Aggregate(BigInteger.Zero, (sum, slot) => sum + field(slot));
}
