using EnergyChain.Core;
using EnergyChain.Core.Primitives;
using EnergyChain.Devices.Meters;

namespace EnergyChain.Node.Site;

/// <summary>
/// Turns meter readings into records on the chain. The registry takes a device's records in slot order, so a slot that
/// could not be read is asked for again until a later one was made. Used by one caller at a time.
/// </summary>
public sealed class MeterDuty(
    SiteIdentity site,
    SiteReader reader,
    RecordQueue records,
    ReadingsArchive archive,
    SlotHistory history,
    RecordJournal journal,
    ILogger<MeterDuty> logger)
{
    /// <summary>Slots without a record that are asked for again: what a meter's latch keeps.</summary>
    public const int MaxOpenSlots = 8;

    private readonly Lock _lock = new();
    private readonly SortedSet<long> _open = [];
    private long _lastMade = -1;

    /// <summary>In the battery at the end of the newest slot that was read; null before the first.</summary>
    public long? StoredWh { get; private set; }

    /// <summary>Slots whose record is not made yet.</summary>
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
                GiveUp(_open.Min, $"No complete reading for {MaxOpenSlots} slots.");
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
        try
        {
            foreach (IntervalReading reading in readings)
            {
                IntervalReading last = reading;
                if (!IsComplete(last) && last.Slot < newest)
                {
                    last = await reader.ReadSlotAsync(last.Slot, cancellationToken);
                }

                if (!TryHandle(last, newest))
                {
                    break;
                }
            }
        }
        finally
        {
            records.Send();
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

    // A record that cannot be made for now stops the later ones, which would shut it out of the registry for good.
    private bool TryHandle(IntervalReading reading, long newest)
    {
        try
        {
            Handle(reading, newest);
            return true;
        }
        catch (Exception error) when (error is not InvariantException)
        {
            logger.RecordFailed(error, site.Options.Name, reading.Slot);
            return false;
        }
    }

    private void Handle(IntervalReading reading, long newest)
    {
        if (!IsComplete(reading))
        {
            LogMissing(reading);
            journal.Missing(reading, Missing(reading));
            if (reading.Slot < newest)
            {
                GiveUp(reading.Slot, Missing(reading));
                Close(reading.Slot);
            }

            return;
        }

        if (reading.Slot <= _lastMade)
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
        Hash32 kept = archive.Keep(reading);
        journal.Made(reading);
        records.Add(RecordBuilder.TryBuild(reading, kept)!);
        _lastMade = reading.Slot;
        Close(reading.Slot);
    }

    private void GiveUp(long slot, string reason)
    {
        logger.SlotGivenUp(site.Options.Name, slot);
        journal.GivenUp(slot, reason);
    }

    private static string Missing(IntervalReading reading) => reading.Quality == ReadingQuality.Inconsistent
        ? "The meters contradict each other: consumption comes out negative."
        : string.Join("; ", reading.Devices
            .Where(device => device.Condition != DeviceCondition.Ok)
            .Select(device => $"{device.Name}: {device.Condition}"));

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
