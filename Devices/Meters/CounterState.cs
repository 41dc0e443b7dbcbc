namespace EnergyChain.Devices.Meters;

/// <summary>
/// What a <see cref="CounterGuard"/> knows; kept by a site over a restart, so that a reset in between is noticed.
/// </summary>
/// <param name="RawInMilliWh">Last accepted ingoing counter as the device showed it.</param>
/// <param name="RawOutMilliWh">Last accepted outgoing counter as the device showed it.</param>
/// <param name="TimeMs">When that was, unix milliseconds.</param>
/// <param name="TotalInMilliWh">Counted in: starts at the first reading and never falls.</param>
/// <param name="TotalOutMilliWh">Counted out: starts at the first reading and never falls.</param>
/// <param name="Epoch">Confirmed discontinuities so far; energy between two epochs is unknown.</param>
public readonly record struct CounterState(
    long RawInMilliWh, long RawOutMilliWh, long TimeMs, long TotalInMilliWh, long TotalOutMilliWh, int Epoch);
