namespace EnergyChain.Devices.Meters;

/// <summary>
/// Notices counters that stand still although the device says that power flows: frozen registers, a gateway that
/// answers from an old cache. It adds up the energy that the shown power promises, and when that has passed the
/// threshold over at least the shortest time without any step, the device is stale. Not thread-safe.
/// </summary>
public sealed class StaleDetector(CounterGuardOptions options, TimeSpan shortest)
{
    private const int ResolutionSteps = 10;

    private CounterPair _last;
    private long _lastTimeMs;
    private long _stillSinceMs;
    private Int128 _promised;
    private bool _hasLast;

    /// <summary>
    /// How long the counters had stood still at the last reading, up to the shortest time for stale. A device that
    /// moves its counters only now and then owes the energy of that time with its next step.
    /// </summary>
    public long QuietMs => Math.Min(_lastTimeMs - _stillSinceMs, (long)shortest.TotalMilliseconds);

    /// <summary>Adds a reading; true while the device is stale.</summary>
    public bool Offer(CounterPair reading, long? powerW, long timeMs)
    {
        bool hasMoved = !_hasLast || reading != _last;
        if (hasMoved)
        {
            _hasLast = true;
            _last = reading;
            _stillSinceMs = timeMs;
            _promised = 0;
        }
        else
        {
            const int millisecondsPerHour = 3_600_000;
            Int128 wattMs = (Int128)Math.Abs(powerW ?? 0) * Math.Max(0, timeMs - _lastTimeMs);
            _promised += wattMs * EnergyCounter.MilliWhPerWh * options.EnergySecondsPerSlot
                / ((Int128)options.SlotSeconds * millisecondsPerHour);
        }

        _lastTimeMs = timeMs;
        long resolution = Math.Max(reading.In.ResolutionMilliWh, reading.Out.ResolutionMilliWh);
        bool isLong = timeMs - _stillSinceMs >= (long)shortest.TotalMilliseconds;
        return isLong && _promised > (Int128)ResolutionSteps * resolution;
    }
}
