using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Devices.Meters;

namespace EnergyChain.Node.Site;

/// <summary>
/// Turns meter readings into records on the chain. The registry takes a device's records in slot order, so a slot that
/// could not be read is asked for again until a later one has gone out. Used by one caller at a time.
/// </summary>
public sealed class MeterDuty(
    SiteIdentity site,
    SiteReader reader,
    TransactionSender sender,
    ReadingsArchive archive,
    SlotHistory history,
    ILogger<MeterDuty> logger)
{
    /// <summary>Slots without a record that are asked for again: what a meter's latch keeps.</summary>
    public const int MaxOpenSlots = 8;

    private static readonly Gas RecordGas = new(1_000_000);

    private readonly Lock _lock = new();
    private readonly SortedSet<long> _open = [];
    private long _lastSent = -1;

    /// <summary>In the battery at the end of the newest slot that was read; null before the first.</summary>
    public long? StoredWh { get; private set; }

    /// <summary>Slots whose record has not gone out.</summary>
    public IReadOnlyList<long> OpenSlots
    {
        get
        {
            lock (_lock)
            {
                return [.. _open];
            }
        }
    }

    /// <summary>Has a slot metered that has ended or is about to.</summary>
    public void Expect(long slot)
    {
        lock (_lock)
        {
            _open.Add(slot);
            while (_open.Count > MaxOpenSlots)
            {
                logger.SlotGivenUp(site.Options.Name, _open.Min);
                _open.Remove(_open.Min);
            }
        }
    }

    /// <summary>Reads the expected slots that have no record yet, oldest first, and sends what is complete.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        List<IntervalReading> readings = [];
        foreach (long open in OpenSlots)
        {
            readings.Add(await reader.ReadSlotAsync(open, cancellationToken));
        }

        long newest = readings.Where(IsComplete).Select(reading => reading.Slot).DefaultIfEmpty(-1).Max();
        foreach (IntervalReading reading in readings)
        {
            IntervalReading last = reading;
            if (!IsComplete(last) && last.Slot < newest)
            {
                last = await reader.ReadSlotAsync(last.Slot, cancellationToken);
            }

            Handle(last, newest);
        }
    }

    private static bool IsComplete(IntervalReading reading) =>
        RecordBuilder.TryBuild(reading, Hash32.Zero) is not null;

    private void Close(long slot)
    {
        lock (_lock)
        {
            _open.Remove(slot);
        }
    }

    private void Handle(IntervalReading reading, long newest)
    {
        if (!IsComplete(reading))
        {
            LogMissing(reading);
            if (reading.Slot < newest)
            {
                logger.SlotGivenUp(site.Options.Name, reading.Slot);
                Close(reading.Slot);
            }

            return;
        }

        if (reading.Slot <= _lastSent)
        {
            Close(reading.Slot);
            return;
        }

        history.Add(new SlotEnergy(
            reading.Slot,
            reading.ConsumedWh!.Value,
            reading.ProducedWh!.Value,
            reading.ExportedWh - reading.ImportedWh));
        StoredWh = reading.StoredWh ?? 0;
        _lastSent = reading.Slot;
        Close(reading.Slot);
        MeterRecord record = RecordBuilder.TryBuild(reading, archive.Keep(reading))!;
        _ = FollowAsync(record);
    }

    private async Task FollowAsync(MeterRecord record)
    {
        SentTransaction sent = await sender.SendAsync(new TransactionDraft(
            $"record of slot {record.Slot}",
            site.Device,
            site.Account,
            MeterRegistryContract.Address,
            UInt256.Zero,
            MeterRegistryContract.SubmitRecord(record),
            RecordGas));
        TransactionOutcomes.Report(logger, site.Options.Name, sent);
        bool mayGoAgain = sent.Expired
            || sent.Refusal is TransactionRefusal.NotReady or TransactionRefusal.PoolFull
            || TransactionOutcomes.FailedWith(sent, "SlotNotEnded");
        if (mayGoAgain)
        {
            Reopen((long)record.Slot);
        }
    }

    private void Reopen(long slot)
    {
        lock (_lock)
        {
            if (_lastSent == slot)
            {
                _lastSent = slot - 1;
                _open.Add(slot);
            }
        }
    }

    private void LogMissing(IntervalReading reading)
    {
        foreach (DeviceInterval device in reading.Devices.Where(device => device.Condition != DeviceCondition.Ok))
        {
            logger.ReadingMissing(
                site.Options.Name,
                reading.Slot,
                device.Name,
                device.Condition.ToString(),
                DeviceAdvice.For(device.Condition, device.Exception));
        }
    }
}
