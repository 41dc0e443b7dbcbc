using System.Globalization;
using EnergyChain.Node.Devnet.Report;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Devnet;

/// <summary>Makes snapshots of a run for display. Thread-safe.</summary>
public sealed class DevnetBoard(
    DevnetNetwork network, HistoryFollower history, FaultLog faults, DevnetSchedule schedule, TimeProvider time)
{
    private const int ShownSlots = 8;
    private const int RecentBlocks = 10;

    public DevnetSnapshot Take()
    {
        foreach (DevnetSite site in network.Sites)
        {
            faults.Look(site.Home, site.Host.Desk?.Health ?? []);
        }

        return history.Read(Take);
    }

    private DevnetSnapshot Take(RunHistory run)
    {
        BlockFacts[] recent = [.. run.Blocks.TakeLast(RecentBlocks + 1)];
        double spanMs = recent.Length > 1 ? recent[^1].Time.UnixMs - recent[0].Time.UnixMs : 0;
        int transactions = recent.Skip(1).Sum(block => block.Transactions);
        long current = schedule.SlotAt(time.GetUtcNow()) - schedule.FirstSlot;
        return new DevnetSnapshot
        {
            Height = network.Chain.Head.Height.Value,
            IntervalMs = recent.Length > 1 ? spanMs / (recent.Length - 1) : 0,
            TransactionsPerSecond = spanMs > 0 ? transactions * 1_000 / spanMs : 0,
            PoolTransactions = network.Sites[0].Host.Pool.Count,
            SettledSlots = schedule.SettledCount(run),
            SlotCount = schedule.SlotCount,
            CurrentIndex = current,
            Slots = [.. Shown(current).Select(index => (
                index,
                StartText(schedule.Calendar, schedule.FirstSlot + index),
                run.Slot(schedule.FirstSlot + index)))],
            Sites = [.. network.Sites.SelectMany(site => site.Host.Desk?.Sites ?? [])],
            Validators = [.. network.Validators.Select(validator => validator.Status)],
            Faults = faults.Rows,
        };
    }

    private static string StartText(SlotCalendar calendar, long slot) =>
        calendar.StartOf(slot).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private IEnumerable<long> Shown(long current)
    {
        long newest = Math.Min(current + schedule.OrderLeadSlots, (schedule.SlotCount ?? long.MaxValue) - 1);
        for (long index = newest; index >= 0 && index > newest - ShownSlots; index--)
        {
            yield return index;
        }
    }
}
