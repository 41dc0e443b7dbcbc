namespace EnergyChain.Devices.Meters;

/// <summary>
/// Stands between a device's counters and what a site signs. It follows rollovers, and on a fall or an impossible jump
/// keeps the old base until enough further readings agree with each other and not with the base; then it goes on from
/// there without counting the gap. So no glitch, reset or spike ever becomes energy. A state machine without a clock;
/// not thread-safe.
/// </summary>
public sealed class CounterGuard(CounterGuardOptions options, CounterState? initial = null)
{
    private CounterPair _candidate;
    private long _candidateTimeMs;
    private int _candidateReadings;

    /// <summary>What is accepted so far; null before the first reading.</summary>
    public CounterState? State { get; private set; } = initial;

    /// <summary>True while a discontinuity waits for confirmation.</summary>
    public bool IsSuspicious => _candidateReadings > 0;

    /// <summary>Judges a reading.</summary>
    /// <param name="reading">The counters as shown.</param>
    /// <param name="timeMs">When, unix milliseconds; not before the last one, else no time counts as passed.</param>
    /// <param name="toleranceMs">How far the time may be off.</param>
    public CounterVerdict Offer(CounterPair reading, long timeMs, long toleranceMs)
    {
        if (State is not CounterState state)
        {
            State = Based(reading, timeMs, reading.In.MilliWh, reading.Out.MilliWh, epoch: 0);
            return CounterVerdict.First;
        }

        long elapsedMs = timeMs - state.TimeMs + toleranceMs;
        long? stepIn = Step(state.RawInMilliWh, reading.In, elapsedMs);
        long? stepOut = Step(state.RawOutMilliWh, reading.Out, elapsedMs);
        if (stepIn is long countedIn && stepOut is long countedOut)
        {
            _candidateReadings = 0;
            State = Based(
                reading, timeMs, state.TotalInMilliWh + countedIn, state.TotalOutMilliWh + countedOut, state.Epoch);
            return CounterVerdict.Accepted;
        }

        return Suspect(state, reading, timeMs, toleranceMs);
    }

    private CounterVerdict Suspect(CounterState state, CounterPair reading, long timeMs, long toleranceMs)
    {
        long elapsedMs = timeMs - _candidateTimeMs + toleranceMs;
        bool isContinued = _candidateReadings > 0
            && Step(_candidate.In.MilliWh, reading.In, elapsedMs) is not null
            && Step(_candidate.Out.MilliWh, reading.Out, elapsedMs) is not null;
        _candidate = reading;
        _candidateTimeMs = timeMs;
        _candidateReadings = isContinued ? _candidateReadings + 1 : 1;
        if (_candidateReadings > options.Confirmations)
        {
            _candidateReadings = 0;
            State = Based(reading, timeMs, state.TotalInMilliWh, state.TotalOutMilliWh, state.Epoch + 1);
            return CounterVerdict.Rebased;
        }

        bool isFall = reading.In.MilliWh < state.RawInMilliWh || reading.Out.MilliWh < state.RawOutMilliWh;
        return isFall ? CounterVerdict.SuspectedReset : CounterVerdict.SuspectedJump;
    }

    private long? Step(long previous, EnergyCounter now, long elapsedMs)
    {
        long step = now.MilliWh - previous;
        if (step < 0 && now.ModulusMilliWh > 0)
        {
            step += now.ModulusMilliWh;
        }

        Int128 largest = (Int128)options.LargestStepMilliWh(elapsedMs) + now.ResolutionMilliWh;
        return step >= 0 && step <= largest ? step : null;
    }

    private static CounterState Based(CounterPair reading, long timeMs, long totalIn, long totalOut, int epoch) =>
        new(reading.In.MilliWh, reading.Out.MilliWh, timeMs, totalIn, totalOut, epoch);
}
