using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Site;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Site;

[TestFixture]
internal sealed class RecordQueueTests
{
    [TestCase(TransactionRefusal.InsufficientBalance)]
    [TestCase(TransactionRefusal.SenderPoolFull)]
    [TestCase(TransactionRefusal.NonceTaken)]
    [TestCase(TransactionRefusal.NonceTooHigh)]
    [TestCase(TransactionRefusal.PoolFull)]
    [TestCase(TransactionRefusal.NotReady)]
    public void A_record_refused_for_now_goes_again_before_the_later_ones(TransactionRefusal refusal)
    {
        using SiteFixture fixture = new();
        fixture.Refusal = _ => refusal;
        RecordQueue queue = Queue(fixture);
        queue.Add(Record(1));
        queue.Add(Record(2));
        queue.Send();
        Assert.That(fixture.Offered.Distinct(), Is.EqualTo(new[] { 1UL }));
        Assert.That(queue.WaitingCount, Is.EqualTo(2));

        fixture.Offered.Clear();
        fixture.Refusal = _ => TransactionRefusal.None;
        queue.Send();
        Assert.That(fixture.Offered, Is.EqualTo(new[] { 1UL, 2UL }));
        Assert.That(queue.WaitingCount, Is.Zero);
    }

    [Test]
    public void A_record_refused_for_good_does_not_hold_back_the_later_ones()
    {
        using SiteFixture fixture = new();
        fixture.Refusal = _ => TransactionRefusal.GasLimitTooHigh;
        RecordQueue queue = Queue(fixture);
        queue.Add(Record(1));
        queue.Add(Record(2));
        queue.Send();
        Assert.That(fixture.Offered, Is.EqualTo(new[] { 1UL, 2UL }));
        Assert.That(queue.WaitingCount, Is.Zero);
    }

    [Test]
    public void A_record_stays_when_sending_throws()
    {
        using SiteFixture fixture = new();
        fixture.Refusal = _ => throw new IOException("disk");
        RecordQueue queue = Queue(fixture);
        queue.Add(Record(1));
        Assert.That(queue.Send, Throws.TypeOf<IOException>());
        Assert.That(queue.WaitingCount, Is.EqualTo(1));
    }

    [Test]
    public void The_oldest_record_is_given_up_over_the_limit()
    {
        using SiteFixture fixture = new();
        RecordQueue queue = Queue(fixture);
        for (ulong slot = 0; slot <= RecordQueue.MaxRecords; slot++)
        {
            queue.Add(Record(slot));
        }

        queue.Send();
        Assert.That(fixture.Offered, Has.Count.EqualTo(RecordQueue.MaxRecords).And.Not.Contain(0UL));
    }

    private static RecordQueue Queue(SiteFixture fixture) =>
        new(fixture.Site, fixture.Sender, new RecordJournal(TimeProvider.System), NullLogger<RecordQueue>.Instance);

    private static MeterRecord Record(ulong slot) => new(slot, 0, 0, 0, 0, 0, 0, 0, 0, slot, Hash32.Zero);
}
