using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Devices.Meters;
using EnergyChain.Node.Api;
using EnergyChain.Node.Site;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Site;

[TestFixture]
internal sealed class RecordJournalTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_000));

    [Test]
    public void A_record_is_counted_where_it_stands_now()
    {
        RecordJournal journal = new(_time);
        journal.Missing(Reading(7, ReadingQuality.Missing), "grid: Silent");
        Assert.That(journal.Snapshot.Missing, Is.EqualTo(1));
        journal.Made(Reading(7, ReadingQuality.Interpolated));
        Assert.That((journal.Snapshot.Missing, journal.Snapshot.Waiting), Is.EqualTo((0ul, 1ul)));
        journal.Sent(7, Sent(TransactionRefusal.None, succeeded: true), goesAgain: false);

        RecordsSnapshot after = journal.Snapshot;
        Assert.That((after.Waiting, after.Accepted, after.Refusals), Is.EqualTo((0ul, 1ul, 0ul)));
        Assert.That(after.Recent.Single().State, Is.EqualTo(SlotRecordState.Accepted));
        Assert.That(after.Recent.Single().Quality, Is.EqualTo(ReadingQuality.Interpolated));
    }

    [Test]
    public void A_refusal_at_admission_says_why_and_stays_counted()
    {
        RecordJournal journal = new(_time);
        journal.Made(Reading(7, ReadingQuality.Exact));
        journal.Sent(7, Sent(TransactionRefusal.InsufficientBalance), goesAgain: true);
        SlotRecord refused = journal.Snapshot.Recent.Single();
        Assert.That(refused.State, Is.EqualTo(SlotRecordState.Refused));
        Assert.That(refused.Reason, Does.Contain("cannot pay"));

        journal.Sending(7);
        Assert.That(journal.Snapshot.Recent.Single().State, Is.EqualTo(SlotRecordState.Waiting));
        Assert.That(journal.Snapshot.Refusals, Is.EqualTo(1));
    }

    [Test]
    public void A_state_is_told_since_it_began()
    {
        RecordJournal journal = new(_time);
        journal.Missing(Reading(7, ReadingQuality.Missing), "grid: Silent");
        _time.Advance(TimeSpan.FromSeconds(5));
        journal.Missing(Reading(7, ReadingQuality.Missing), "grid: Silent");
        Assert.That(journal.Snapshot.Recent.Single().SinceMs, Is.EqualTo(1_000_000));
    }

    [Test]
    public void Old_slots_stay_counted_and_are_not_told_by_name()
    {
        RecordJournal journal = new(_time);
        for (long slot = 0; slot < RecordJournal.MaxSlots + 20; slot++)
        {
            journal.Made(Reading(slot, ReadingQuality.Exact));
            journal.Sent(slot, Sent(TransactionRefusal.None, succeeded: true), goesAgain: false);
        }

        RecordsSnapshot all = journal.Snapshot;
        Assert.That(all.Accepted, Is.EqualTo(RecordJournal.MaxSlots + 20));
        Assert.That(all.Recent, Has.Count.EqualTo(RecordJournal.MaxSlots));
        Assert.That(all.Recent[0].Slot, Is.EqualTo(RecordJournal.MaxSlots + 19));
    }

    private static SentTransaction Sent(TransactionRefusal refusal, bool? succeeded = null) => new(
        "record",
        refusal,
        succeeded is { } ok ? new Receipt(Hash32.Zero, ok, new Gas(1), null, [], default) : null);

    private static IntervalReading Reading(long slot, ReadingQuality quality) => IntervalReading.Join(slot, []) with
    {
        Quality = quality,
    };
}
