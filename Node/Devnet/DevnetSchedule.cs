using EnergyChain.Node.Devnet.Report;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Devnet;

/// <summary>The slots of a run.</summary>
/// <param name="Timing">Lengths and leads.</param>
/// <param name="FirstSlot">The slot of the first data row.</param>
/// <param name="SlotCount">Slots of the run; null for no end.</param>
/// <param name="Calendar">Which hours the slots stand for.</param>
public sealed record DevnetSchedule(MarketTiming Timing, long FirstSlot, int? SlotCount, SlotCalendar Calendar)
{
    public int OrderLeadSlots => Timing.OrderLeadSlots;

    /// <summary>The first slot after the run; null for none.</summary>
    public long? EndSlot => FirstSlot + SlotCount;

    public long SlotAt(DateTimeOffset moment) => SlotAt(moment, Timing);

    public static long SlotAt(DateTimeOffset moment, MarketTiming timing) =>
        moment.ToUnixTimeSeconds() / timing.SlotSeconds;

    /// <summary>
    /// The first slot whose tariff can be published and whose orders can be placed in time from now on.
    /// </summary>
    public static long FirstSlotAfter(DateTimeOffset now, MarketTiming timing, TimeSpan preparation) =>
        SlotAt(now + preparation, timing) + 1 + timing.OrderLeadSlots;

    /// <summary>Slots settled from the first on, without a gap.</summary>
    public int SettledCount(RunHistory run)
    {
        int count = 0;
        while ((SlotCount is not { } all || count < all) && run.Slot(FirstSlot + count).IsSettled)
        {
            count++;
        }

        return count;
    }
}
