using System.Diagnostics.CodeAnalysis;
using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Site;

/// <summary>
/// The device's records on their way into a block. The registry takes them in slot order, so one that the node does
/// not take for now holds back the later ones; every record is sent again until it is in a block, was refused for good,
/// or <see cref="MaxRecords"/> newer ones wait. Added to and sent by one caller at a time.
/// </summary>
public sealed class RecordQueue(
    SiteIdentity site, TransactionSender sender, RecordJournal journal, ILogger<RecordQueue> logger)
{
    /// <summary>Records that wait to be sent; the oldest is given up for more.</summary>
    public const int MaxRecords = 64;

    private static readonly Gas RecordGas = new(1_000_000);

    private readonly Lock _lock = new();
    private readonly SortedDictionary<ulong, MeterRecord> _waiting = [];
    private ulong? _lastRecorded;

    /// <summary>Records that are to be sent or sent again.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Takes a record; it goes out with the next <see cref="Send"/>.</summary>
    public void Add(MeterRecord record)
    {
        lock (_lock)
        {
            // A later record is in a block: this one can follow it no more.
            if (record.Slot <= _lastRecorded)
            {
                GiveUp((long)record.Slot, "A later record is on the chain already.");
                return;
            }

            _waiting[record.Slot] = record;
            if (_waiting.Count > MaxRecords)
            {
                ulong oldest = _waiting.First().Key;
                _waiting.Remove(oldest);
                GiveUp((long)oldest, $"More than {MaxRecords} records wait to be sent.");
            }
        }
    }

    /// <summary>Sends what waits, oldest first, up to the first that the node does not take.</summary>
    public void Send()
    {
        while (TryTakeOldest(out MeterRecord? record))
        {
            Task<SentTransaction> sending;
            journal.Sending((long)record.Slot);
            try
            {
                sending = sender.SendAsync(Draft(record));
            }
            catch
            {
                Add(record);
                throw;
            }

            _ = FollowAsync(record, sending);
            if (IsWaiting(record))
            {
                return;
            }
        }
    }

    // Those left out hold for the same bytes at any time; for all others time or money may help.
    private static bool MayGoAgain(SentTransaction sent) => sent.Refusal switch
    {
        TransactionRefusal.None => sent.Expired || TransactionOutcomes.FailedWith(sent, "SlotNotEnded"),
        TransactionRefusal.Malformed
            or TransactionRefusal.TooLarge
            or TransactionRefusal.WrongChainId
            or TransactionRefusal.BadSignature
            or TransactionRefusal.MemoMismatch
            or TransactionRefusal.WrongGasPrice
            or TransactionRefusal.GasLimitTooLow
            or TransactionRefusal.GasLimitTooHigh
            or TransactionRefusal.ValidityTooLong
            or TransactionRefusal.AlreadyKnown => false,
        _ => true,
    };

    private bool TryTakeOldest([NotNullWhen(true)] out MeterRecord? record)
    {
        lock (_lock)
        {
            record = _waiting.Count == 0 ? null : _waiting.First().Value;
            return record is not null && _waiting.Remove(record.Slot);
        }
    }

    private bool IsWaiting(MeterRecord record)
    {
        lock (_lock)
        {
            return _waiting.ContainsKey(record.Slot);
        }
    }

    // Has run to its end before it returns where the node refuses at once.
    private async Task FollowAsync(MeterRecord record, Task<SentTransaction> sending)
    {
        SentTransaction sent = await sending;
        TransactionOutcomes.Report(logger, site.Options.Name, sent);
        bool goesAgain = MayGoAgain(sent);
        journal.Sent((long)record.Slot, sent, goesAgain);
        if (goesAgain)
        {
            Add(record);
        }
        else if (sent.Succeeded)
        {
            lock (_lock)
            {
                _lastRecorded = Math.Max(_lastRecorded ?? 0, record.Slot);
            }
        }
    }

    private void GiveUp(long slot, string reason)
    {
        logger.SlotGivenUp(site.Options.Name, slot);
        journal.GivenUp(slot, reason);
    }

    private TransactionDraft Draft(MeterRecord record) => new(
        $"record of slot {record.Slot}",
        site.Device,
        site.Account,
        MeterRegistryContract.Address,
        UInt256.Zero,
        MeterRegistryContract.SubmitRecord(record),
        RecordGas);
}
