using EnergyChain.Contracts;

namespace EnergyChain.Benchmarks.Load.Workloads;

/// <summary>
/// The slots of a run. Orders are signed before anyone knows how fast they will be sent, so they fill one book after
/// the other from the first slot on: so small a number of orders fills a book that books are filled faster than slots
/// pass, and no order finds its gate closed. Slots that begin during the run are cleared and settled in it.
/// </summary>
/// <param name="FirstSlot">The first slot with orders.</param>
/// <param name="OrdersPerSlot">How many orders each gets.</param>
internal sealed record MarketCalendar(ulong FirstSlot, int OrdersPerSlot)
{
    public const ulong SlotSeconds = 2;

    /// <summary>How long before a slot its gate closes.</summary>
    public const ulong GateLeadSeconds = 1;

    /// <summary>How long after a slot its records count.</summary>
    public const ulong ReportWindowSeconds = 6;

    /// <summary>Orders for the first slot come so long before its gate closes.</summary>
    private const ulong HeadStartSeconds = 4;

    /// <summary>Books are filled this many times as fast as slots pass, or faster.</summary>
    private const double Lead = 2;

    private const ulong MillisecondsOfSecond = 1_000;

    /// <summary>When the load is to begin, in milliseconds since 1970.</summary>
    public ulong StartsAtMs => (GateOf(FirstSlot) - HeadStartSeconds) * MillisecondsOfSecond;

    /// <param name="earliestMs">The load cannot begin before, in milliseconds since 1970.</param>
    /// <param name="ordersPerSecond">At least so many orders are sent each second.</param>
    public static MarketCalendar From(ulong earliestMs, double ordersPerSecond)
    {
        ulong gate = (earliestMs / MillisecondsOfSecond) + HeadStartSeconds + GateLeadSeconds + 1;
        return new MarketCalendar(
            (gate + SlotSeconds - 1) / SlotSeconds,
            (int)Math.Clamp(ordersPerSecond * SlotSeconds / Lead, 1, MarketLimits.MaxOrdersPerSlot));
    }

    /// <summary>Unix seconds from which no order is taken and the slot may be cleared.</summary>
    public static ulong GateOf(ulong slot) => (slot * SlotSeconds) - GateLeadSeconds;

    /// <summary>Unix seconds from which the slot's records are taken.</summary>
    public static ulong EndOf(ulong slot) => (slot + 1) * SlotSeconds;

    /// <summary>Unix seconds from which the slot may be settled.</summary>
    public static ulong DeadlineOf(ulong slot) => EndOf(slot) + ReportWindowSeconds;

    /// <summary>The slot of an order.</summary>
    /// <param name="order">Its number among all, from 0.</param>
    public ulong SlotOf(long order) => FirstSlot + (ulong)(order / OrdersPerSlot);
}
