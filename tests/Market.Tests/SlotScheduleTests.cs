namespace EnergyChain.Market.Tests;

public sealed class SlotScheduleTests
{
    private static readonly SlotSchedule Schedule = new(900, 300, 1800);

    [TestCase(8699UL, ExpectedResult = true)]
    [TestCase(8700UL, ExpectedResult = false)]
    public bool Gate_closes_its_lead_before_the_slot(ulong now) => Schedule.IsGateOpen(new Slot(10), now);

    [TestCase(11_699UL, ExpectedResult = false)]
    [TestCase(11_700UL, ExpectedResult = true)]
    public bool Report_window_ends_after_the_slot(ulong now) => Schedule.IsReportWindowOver(new Slot(10), now);

    [Test]
    public void First_open_slot_is_the_earliest_whose_gate_is_open()
    {
        for (ulong now = 8000; now < 11_000; now++)
        {
            Slot first = Schedule.FirstOpen(now);
            Assert.That(Schedule.IsGateOpen(first, now), Is.True);
            Assert.That(Schedule.IsGateOpen(new Slot(first.Number - 1), now), Is.False);
        }
    }
}
