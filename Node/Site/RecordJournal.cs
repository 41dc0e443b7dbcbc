using EnergyChain.Core.Chain;
using EnergyChain.Devices.Meters;
using EnergyChain.Node.Api;

namespace EnergyChain.Node.Site;

/// <summary>
/// What became of each slot's record, for the operator: the newest slots by name, all of them by count. Thread-safe.
/// </summary>
public sealed class RecordJournal(TimeProvider time)
{
    /// <summary>Slots that are told one by one; more than can be under way at once.</summary>
    public const int MaxSlots = 100;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, SlotRecord> _slots = [];
    private readonly ulong[] _counts = new ulong[Enum.GetValues<SlotRecordState>().Length];
    private ulong _refusals;

    public RecordsSnapshot Snapshot
    {
        get
        {
            lock (_lock)
            {
                return new RecordsSnapshot(
                    Count(SlotRecordState.Missing),
                    Count(SlotRecordState.Waiting) + Count(SlotRecordState.Refused),
                    Count(SlotRecordState.Accepted),
                    Count(SlotRecordState.Failed),
                    Count(SlotRecordState.GivenUp),
                    _refusals,
                    [.. _slots.Values.Reverse()]);
            }
        }
    }

    /// <summary>A slot has no complete reading for now.</summary>
    public void Missing(IntervalReading reading, string reason) =>
        Set(reading.Slot, SlotRecordState.Missing, reason, reading);

    /// <summary>A record was made of a complete reading.</summary>
    public void Made(IntervalReading reading) => Set(reading.Slot, SlotRecordState.Waiting, "", reading);

    /// <summary>A record is handed in, perhaps once more.</summary>
    public void Sending(long slot) => Set(slot, SlotRecordState.Waiting, "");

    /// <summary>No record of a slot will come any more.</summary>
    public void GivenUp(long slot, string reason) => Set(slot, SlotRecordState.GivenUp, reason);

    /// <summary>A record was sent.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="sent">What became of it.</param>
    /// <param name="goesAgain">Whether it is sent again.</param>
    public void Sent(long slot, SentTransaction sent, bool goesAgain)
    {
        if (sent.Refusal != TransactionRefusal.None)
        {
            lock (_lock)
            {
                _refusals++;
            }

            SlotRecordState state = goesAgain ? SlotRecordState.Refused : SlotRecordState.GivenUp;
            Set(slot, state, TransactionOutcomes.ReasonOf(sent.Refusal));
        }
        else if (sent.Succeeded)
        {
            Set(slot, SlotRecordState.Accepted, "");
        }
        else if (sent.Receipt is { } receipt)
        {
            SlotRecordState state = goesAgain ? SlotRecordState.Refused : SlotRecordState.Failed;
            Set(slot, state, TransactionOutcomes.ReasonOf(receipt));
        }
        else
        {
            Set(slot, SlotRecordState.Waiting, "It was in no block in time and is sent again.");
        }
    }

    private ulong Count(SlotRecordState state) => _counts[(int)state];

    private void Set(long slot, SlotRecordState state, string reason, IntervalReading? reading = null)
    {
        ulong now = (ulong)time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            SlotRecord? before = _slots.GetValueOrDefault(slot);
            if (before is null && _slots.Count == MaxSlots && slot < _slots.First().Key)
            {
                // Too old to be told by itself: counted as what it was last known as.
                return;
            }

            ulong since = before?.State == state ? before.SinceMs : now;
            ReadingQuality quality = reading?.Quality ?? before?.Quality ?? ReadingQuality.Missing;
            long uncertainty = reading?.UncertaintyWh ?? before?.UncertaintyWh ?? 0;
            _slots[slot] = new SlotRecord(slot, quality, uncertainty, state, reason, since);
            if (before is not null)
            {
                _counts[(int)before.State]--;
            }

            _counts[(int)state]++;
            if (_slots.Count > MaxSlots)
            {
                _slots.Remove(_slots.First().Key);
            }
        }
    }
}
