using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Site;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Site;

[TestFixture]
internal sealed class MarketDutyTests
{
    private const int SummaryWords = 14;

    private readonly HashSet<ulong> _asked = [];

    [SetUp]
    public void SetUp() => _asked.Clear();

    [Test]
    public void The_oldest_slots_are_looked_after_first_and_the_newest_get_their_place_later()
    {
        using SiteFixture fixture = new();
        fixture.Chain.OnCall = call => Answer(call, SlotPhase.Settled);
        MarketDuty duty = Duty(fixture);
        ulong[] slots = [.. Enumerable.Range(0, MarketDuty.MaxSlots + 10).Select(slot => (ulong)slot)];
        foreach (ulong slot in slots)
        {
            duty.Watch((long)slot);
        }

        Assert.That(duty.OpenCount, Is.EqualTo(slots.Length));
        duty.OnBlock();
        Assert.That(_asked, Is.EquivalentTo(slots.Take(MarketDuty.MaxSlots)));
        duty.OnBlock();
        Assert.That(_asked, Is.EquivalentTo(slots));
        Assert.That(duty.OpenCount, Is.Zero);
    }

    [Test]
    public void A_slot_that_fails_keeps_none_of_the_others_from_being_looked_after()
    {
        using SiteFixture fixture = new();
        fixture.Chain.OnCall = call => SiteFixture.SlotOf(call.Data.Span) == 0
            ? throw new IOException("disk")
            : Answer(call, SlotPhase.Settled);
        MarketDuty duty = Duty(fixture);
        duty.Watch(0);
        duty.Watch(1);
        duty.OnBlock();
        Assert.That(_asked, Is.EquivalentTo(new[] { 1UL }));
        Assert.That(duty.OpenCount, Is.EqualTo(1));
    }

    [Test]
    public void A_call_that_could_not_be_sent_is_made_again_after_the_next_block()
    {
        using SiteFixture fixture = new();
        fixture.Chain.OnCall = call => Answer(call, SlotPhase.Cleared);
        fixture.Refusal = _ => throw new IOException("disk");
        MarketDuty duty = Duty(fixture);
        duty.Watch(5);
        duty.OnBlock();
        fixture.Refusal = _ => TransactionRefusal.None;
        duty.OnBlock();
        duty.OnBlock();
        Assert.That(fixture.Offered, Is.EqualTo(new[] { 5UL, 5UL }));
    }

    [Test]
    public void A_broken_invariant_is_not_caught()
    {
        using SiteFixture fixture = new();
        fixture.Chain.OnCall = _ => throw new InvariantException("broken");
        MarketDuty duty = Duty(fixture);
        duty.Watch(0);
        Assert.That(duty.OnBlock, Throws.TypeOf<InvariantException>());
    }

    private static MarketDuty Duty(SiteFixture fixture)
    {
        MarketParameters market = new(2, 0, 0, default, default, default, default, 0, 0);
        return new MarketDuty(
            fixture.Site,
            fixture.Chain,
            new ContractReader(fixture.Chain),
            fixture.Sender,
            market,
            NullLogger<MarketDuty>.Instance);
    }

    private CallOutcome Answer(CallRequest call, SlotPhase phase)
    {
        _asked.Add(SiteFixture.SlotOf(call.Data.Span));
        byte[] summary = new byte[SummaryWords * 32];
        summary[31] = (byte)phase;
        return new CallOutcome(true, summary, new Gas(50_000), [], "");
    }
}
