using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Meters;

/// <summary>
/// Reads one device through its guards. Safe for concurrent callers: one operation at a time. Kept intervals and live
/// readings have a guard each, because a latch speaks of the past.
/// </summary>
internal sealed class DeviceReader
{
    private readonly SiteDevice _device;
    private readonly SiteReaderOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CounterGuard _latchGuard;
    private readonly CounterGuard _liveGuard;
    private readonly StaleDetector _stale;
    private readonly HealthTracker _health;
    private readonly EdgeHistory _history = new();
    private bool? _keepsIntervals;
    private DeviceCondition _discontinuity = DeviceCondition.CounterReset;

    public DeviceReader(SiteDevice device, SiteReaderOptions options, TimeProvider timeProvider, DeviceState? state)
    {
        _device = device;
        _options = options;
        _timeProvider = timeProvider;
        CounterGuardOptions guard = new()
        {
            RatedPowerW = device.RatedPowerW,
            SlotSeconds = options.SlotSeconds,
            EnergySecondsPerSlot = options.EffectiveEnergySeconds,
            Confirmations = options.Confirmations,
        };
        _latchGuard = new CounterGuard(guard, state?.Latched);
        _liveGuard = new CounterGuard(guard, state?.Live);
        _stale = new StaleDetector(guard, options.StaleAfter);
        _health = new HealthTracker(device.Name, device.Meter, timeProvider);
        if (state?.Latched is CounterState latched)
        {
            Keep((latched.TimeMs / options.SlotMilliseconds) - 1, latched, storedWh: null);
        }
    }

    public DeviceHealth Health => _health.Current;

    public DeviceState State => new(_device.Name, _latchGuard.State, _liveGuard.State);

    public async ValueTask<MeterSample?> ReadLiveAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            Outcome outcome = await SampleAsync(cancellationToken);
            _health.Set(outcome.Condition, outcome.Exception);
            return outcome.Sample;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Takes the near side of a slot's edge where the device does not latch it itself.</summary>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (_keepsIntervals is not true)
        {
            await ReadLiveAsync(cancellationToken);
        }
    }

    public async ValueTask<DeviceInterval> ReadSlotAsync(long slot, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            Outcome outcome = new(DeviceCondition.Ok);
            if (_history.Find(slot) is null || _history.Find(slot - 1) is null)
            {
                outcome = await ReadLatchedAsync(slot, cancellationToken);
            }

            DeviceInterval interval = Conclude(slot, outcome);
            _health.Set(interval.Condition, interval.Exception);
            return interval;
        }
        finally
        {
            _gate.Release();
        }
    }

    private DeviceInterval Conclude(long slot, Outcome outcome)
    {
        bool isKnown = _history.Find(slot) is not null && _history.Find(slot - 1) is not null;
        if (outcome.Condition != DeviceCondition.Ok || !isKnown)
        {
            DeviceCondition unknown = IsBroken(slot) ? _discontinuity : DeviceCondition.NoHistory;
            DeviceCondition condition = outcome.Condition == DeviceCondition.Ok ? unknown : outcome.Condition;
            return DeviceInterval.Missing(_device.Name, _device.Meter.Role, condition, outcome.Exception);
        }

        Edge start = _history.Find(slot - 1)!.Value;
        Edge end = _history.Find(slot)!.Value;
        if (start.Epoch != end.Epoch)
        {
            return DeviceInterval.Missing(_device.Name, _device.Meter.Role, _discontinuity, ModbusExceptionCode.None);
        }

        const long unit = EnergyCounter.MilliWhPerWh;
        // Whole Wh of both totals, so that the energies of following slots add up to the totals exactly.
        return new DeviceInterval(
            _device.Name,
            _device.Meter.Role,
            DeviceCondition.Ok,
            ModbusExceptionCode.None,
            (end.TotalInMilliWh / unit) - (start.TotalInMilliWh / unit),
            (end.TotalOutMilliWh / unit) - (start.TotalOutMilliWh / unit),
            end.TotalInMilliWh / unit,
            end.TotalOutMilliWh / unit,
            end.StoredWh,
            (start.UncertaintyMilliWh + end.UncertaintyMilliWh + unit - 1) / unit);
    }

    private bool IsBroken(long slot)
    {
        long startMs = slot * _options.SlotMilliseconds;
        return _history.IsBroken(startMs) || _history.IsBroken(startMs + _options.SlotMilliseconds);
    }

    private async ValueTask<Outcome> ReadLatchedAsync(long slot, CancellationToken cancellationToken)
    {
        int waits = 0;
        int confirmations = 0;
        while (true)
        {
            MeterAnswer<IntervalLatch> answer = await _device.Meter.ReadLatchAsync(cancellationToken);
            bool isOther = answer.Value is IntervalLatch other && other.IntervalSeconds != _options.SlotSeconds;
            if (answer.Condition == DeviceCondition.NotSupported || isOther)
            {
                _keepsIntervals = false;
                return await BracketAsync(slot, cancellationToken);
            }

            if (answer.Value is not IntervalLatch latch)
            {
                return new Outcome(answer.Condition, answer.Exception);
            }

            _keepsIntervals = true;
            if (latch.Find(slot) is null)
            {
                bool hasPassed = latch.Intervals.Any(kept => kept.Interval > slot);
                if (hasPassed || ++waits >= _options.LatchAttempts)
                {
                    return new Outcome(hasPassed ? DeviceCondition.NoHistory : DeviceCondition.Stale);
                }

                await Task.Delay(_options.LatchRetryDelay, _timeProvider, cancellationToken);
                continue;
            }

            DeviceCondition condition = OfferKept(latch, slot);
            bool isSuspicious = condition is DeviceCondition.CounterReset or DeviceCondition.ImplausibleStep;
            // Both edges of the slot can need their confirmations.
            if (!isSuspicious || ++confirmations > 2 * _options.Confirmations)
            {
                return new Outcome(condition);
            }

            await Task.Delay(_options.ConfirmationDelay, _timeProvider, cancellationToken);
        }
    }

    private DeviceCondition OfferKept(IntervalLatch latch, long slot)
    {
        // Oldest first, all that is new: so a slot that was missed while the device was silent can be read later.
        foreach (LatchedInterval kept in latch.Intervals.Where(kept => kept.Interval <= slot).OrderBy(Number))
        {
            long timeMs = (kept.Interval + 1) * _options.SlotMilliseconds;
            if (_latchGuard.State is CounterState state && state.TimeMs >= timeMs)
            {
                continue;
            }

            if (PairOf(kept) is not CounterPair pair)
            {
                return DeviceCondition.NotImplemented;
            }

            DeviceCondition condition = Judge(_latchGuard.Offer(pair, timeMs, toleranceMs: 0));
            if (condition != DeviceCondition.Ok)
            {
                return condition;
            }

            Keep(kept.Interval, _latchGuard.State!.Value, kept.StoredWh);
        }

        return DeviceCondition.Ok;

        static long Number(LatchedInterval kept) => kept.Interval;
    }

    private CounterPair? PairOf(LatchedInterval kept)
    {
        if (kept.Out is not EnergyCounter outward)
        {
            return null;
        }

        if (_device.Meter.Role == DeviceRole.Photovoltaic)
        {
            return new CounterPair(EnergyCounter.Unused, outward);
        }

        return kept.In is EnergyCounter inward ? new CounterPair(inward, outward) : null;
    }

    /// <summary>Ok when the reading was counted or became the base; else what it looks like.</summary>
    private DeviceCondition Judge(CounterVerdict verdict)
    {
        switch (verdict)
        {
            case CounterVerdict.SuspectedReset:
                return _discontinuity = DeviceCondition.CounterReset;
            case CounterVerdict.SuspectedJump:
                return _discontinuity = DeviceCondition.ImplausibleStep;
            default:
                return DeviceCondition.Ok;
        }
    }

    private void Keep(long interval, CounterState state, long? storedWh) =>
        _history.Add(interval, new Edge(state.TotalInMilliWh, state.TotalOutMilliWh, state.Epoch, storedWh, 0));

    private async ValueTask<Outcome> BracketAsync(long slot, CancellationToken cancellationToken)
    {
        Outcome outcome = await SampleAsync(cancellationToken);
        for (int i = 0; i < _options.Confirmations && _liveGuard.IsSuspicious; i++)
        {
            await Task.Delay(_options.ConfirmationDelay, _timeProvider, cancellationToken);
            outcome = await SampleAsync(cancellationToken);
        }

        for (long interval = slot - 1; interval <= slot; interval++)
        {
            long timeMs = (interval + 1) * _options.SlotMilliseconds;
            if (_history.Find(interval) is null
                && _history.Interpolate(timeMs, _options.SlotMilliseconds) is Edge edge)
            {
                _history.Add(interval, edge);
            }
        }

        return outcome;
    }

    private async ValueTask<Outcome> SampleAsync(CancellationToken cancellationToken)
    {
        MeterAnswer<MeterSample> answer = await _device.Meter.ReadSampleAsync(cancellationToken);
        if (answer.Value is not MeterSample sample)
        {
            return new Outcome(answer.Condition, answer.Exception);
        }

        long timeMs = sample.Timestamp.ToUnixTimeMilliseconds();
        long toleranceMs = (long)_options.SampleTolerance.TotalMilliseconds;
        toleranceMs += _stale.QuietMs;

        // A stale reading must not move the guard's time, or the step after it would look too large for its time.
        if (_stale.Offer(sample.Counters, sample.PowerW, timeMs))
        {
            return new Outcome(DeviceCondition.Stale);
        }

        DeviceCondition condition = Judge(_liveGuard.Offer(sample.Counters, timeMs, toleranceMs));
        if (condition != DeviceCondition.Ok)
        {
            return new Outcome(condition);
        }

        CounterState state = _liveGuard.State!.Value;
        _history.AddPoint(
            timeMs, new Edge(state.TotalInMilliWh, state.TotalOutMilliWh, state.Epoch, sample.StoredWh, 0));
        return new Outcome(DeviceCondition.Ok, ModbusExceptionCode.None, sample);
    }

    private readonly record struct Outcome(
        DeviceCondition Condition,
        ModbusExceptionCode Exception = ModbusExceptionCode.None,
        MeterSample? Sample = null);
}
