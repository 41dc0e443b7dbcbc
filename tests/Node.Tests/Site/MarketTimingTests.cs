using EnergyChain.Node.Site;

namespace EnergyChain.Node.Tests.Site;

[TestFixture]
internal sealed class MarketTimingTests
{
    [TestCase(2, 1, 6, 2)]
    [TestCase(5, 1, 6, 1)]
    [TestCase(60, 20, 60, 1)]
    [TestCase(900, 300, 900, 1)]
    public void Timing_of_a_slot_length(int slotSeconds, int gateLead, int reportWindow, int orderLead)
    {
        MarketTiming timing = MarketTiming.For(slotSeconds);
        Assert.That(timing.GateLeadSeconds, Is.EqualTo(gateLead));
        Assert.That(timing.ReportWindowSeconds, Is.EqualTo(reportWindow));
        Assert.That(timing.OrderLeadSlots, Is.EqualTo(orderLead));
    }

    [Test]
    public void Every_slot_length_leaves_orders_their_margin()
    {
        for (int seconds = MarketTiming.LeastSlotSeconds; seconds <= 4_000; seconds++)
        {
            MarketTiming timing = MarketTiming.For(seconds);
            int left = (timing.OrderLeadSlots * seconds) - timing.GateLeadSeconds;
            Assert.That(left, Is.GreaterThanOrEqualTo(MarketTiming.OrderMarginSeconds), $"{seconds} s");
        }
    }

    [Test]
    public void Slot_of_one_second_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MarketTiming.For(1));

    [Test]
    public void Turns_give_every_slot_to_exactly_one_site()
    {
        for (long slot = 100; slot < 140; slot++)
        {
            int first = Enumerable.Range(1, 10).Count(site => MarketDuty.TurnOf((uint)site, slot, 10) == 0);
            Assert.That(first, Is.EqualTo(1));
        }
    }
}
