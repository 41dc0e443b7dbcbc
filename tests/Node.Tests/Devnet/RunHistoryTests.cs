using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Chain;
using EnergyChain.Node.Devnet;
using EnergyChain.Node.Devnet.Report;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;
using EnergyChain.Node.Tests.Api;

namespace EnergyChain.Node.Tests.Devnet;

[TestFixture]
internal sealed class RunHistoryTests
{
    private static readonly MarketTiming Timing = MarketTiming.For(2);

    private static RunHistory Of(params LogEntry[] logs)
    {
        RunHistory history = new(GenesisPlan.Development(1, Timing).Build());
        foreach (LogEntry log in logs)
        {
            history.Apply(log);
        }

        return history;
    }

    [Test]
    public void Slot_that_a_standstill_left_without_tariff_counts_as_settled_after_a_later_one()
    {
        RunHistory history = Of(Settled(5), Settled(7));
        DevnetSchedule schedule = new(Timing, 5, 4, new SlotCalendar(0, DateTime.UnixEpoch, TimeSpan.FromHours(1)));
        Assert.That(schedule.SettledCount(history), Is.EqualTo(3));
    }

    [Test]
    public void Slot_with_a_tariff_or_an_order_waits_for_its_own_settlement()
    {
        RunHistory history = Of(
            TestEvents.Market("TariffPublished", 5UL, 220_000UL, 50_000UL),
            TestEvents.Order(6, 1, 1, default, true, 900),
            Settled(7));
        Assert.That(history.Slot(5).IsSettled, Is.False);
        Assert.That(history.Slot(6).IsSettled, Is.False);
    }

    [Test]
    public void Order_beyond_the_run_is_told_apart_until_it_is_cancelled()
    {
        LogEntry order = TestEvents.Order(9, 1, 1, default, true, 900);
        LogEntry cancelled = TestEvents.Market("OrderCancelled", 9UL, 1UL, 1UL, 900UL, 77UL);
        Assert.That(Of(order).OpenSlotsOutside(5, 9), Is.EqualTo(1));
        Assert.That(Of(order).OpenSlotsOutside(5, 10), Is.Zero);
        Assert.That(Of(order, cancelled).OpenSlotsOutside(5, 9), Is.Zero);
    }

    private static LogEntry Settled(ulong slot)
    {
        AbiValue[] sums = [0UL, 0UL, 0UL, 0UL, 0UL, 0UL];
        return TestEvents.Market("SlotSettled", slot, sums);
    }
}
