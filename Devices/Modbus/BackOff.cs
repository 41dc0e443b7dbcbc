namespace EnergyChain.Devices.Modbus;

/// <summary>
/// Capped doubling wait after failed requests. Not thread-safe; its owner holds the connection's gate.
/// </summary>
internal sealed class BackOff(TimeSpan initial, TimeSpan maximum, TimeProvider timeProvider)
{
    private TimeSpan _wait;
    private long _since;

    /// <summary>The wait that is running, or zero.</summary>
    public TimeSpan Current => _wait;

    public bool IsActive => _wait > TimeSpan.Zero && timeProvider.GetElapsedTime(_since) < _wait;

    public void Succeeded() => _wait = TimeSpan.Zero;

    public void Failed()
    {
        // Compared before doubling, so that no number of failures can overflow.
        _wait = _wait == TimeSpan.Zero ? initial : _wait > maximum / 2 ? maximum : _wait * 2;
        _since = timeProvider.GetTimestamp();
    }
}
