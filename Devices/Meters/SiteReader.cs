namespace EnergyChain.Devices.Meters;

/// <summary>
/// Reads the devices of one site, each over its own connection and all at the same time, so that one that is silent
/// delays nothing else. Failures show in the values and in <see cref="Health"/>; nothing is thrown for them. Safe for
/// concurrent callers.
/// </summary>
public sealed class SiteReader : IAsyncDisposable
{
    private readonly SiteReaderOptions _options;
    private readonly IReadOnlyList<SiteDevice> _devices;
    private readonly DeviceReader[] _readers;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes a reader; nothing is read before it is asked.</summary>
    /// <param name="options">Settings; checked here.</param>
    /// <param name="devices">The devices of the site; the reader disposes of their clients.</param>
    /// <param name="timeProvider">Clock of slots, delays and health.</param>
    /// <param name="states">What an earlier reader of these devices knew, from <see cref="States"/>.</param>
    /// <exception cref="ArgumentException">An option or a rated power is out of range, or a name is twice.</exception>
    public SiteReader(
        SiteReaderOptions options,
        IReadOnlyList<SiteDevice> devices,
        TimeProvider timeProvider,
        IReadOnlyList<DeviceState>? states = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(devices);
        options.Validate();
        HashSet<string> names = [];
        foreach (SiteDevice device in devices)
        {
            if (device.RatedPowerW <= 0 || !names.Add(device.Name))
            {
                throw new ArgumentException(
                    $"Device '{device.Name}' has rated power {device.RatedPowerW} W; "
                    + "allowed is a name used once and a rated power of more than 0 W.");
            }
        }

        _options = options;
        _devices = devices;
        _timeProvider = timeProvider;
        _readers = [.. devices.Select(device => new DeviceReader(
            device, options, timeProvider, states?.FirstOrDefault(state => state.Name == device.Name)))];
    }

    /// <summary>How each device is, in the order of the devices.</summary>
    public IReadOnlyList<DeviceHealth> Health => [.. _readers.Select(reader => reader.Health)];

    /// <summary>What is known of the counters, to be kept over a restart.</summary>
    public IReadOnlyList<DeviceState> States => [.. _readers.Select(reader => reader.State)];

    /// <summary>The slot of a moment.</summary>
    public long SlotAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / _options.SlotSeconds;

    /// <summary>The moment at which a slot ends.</summary>
    public DateTimeOffset EndOf(long slot) =>
        DateTimeOffset.FromUnixTimeMilliseconds((slot + 1) * _options.SlotMilliseconds);

    /// <summary>Reads all devices now.</summary>
    public async ValueTask<SiteSample> ReadLiveAsync(CancellationToken cancellationToken)
    {
        MeterSample?[] samples =
            await Task.WhenAll(_readers.Select(reader => reader.ReadLiveAsync(cancellationToken).AsTask()));
        MeterSample? storage = samples.FirstOrDefault(sample => sample?.Role == DeviceRole.Storage);
        return new SiteSample(
            _timeProvider.GetUtcNow(),
            samples,
            PowerOf(DeviceRole.Photovoltaic, samples),
            PowerOf(DeviceRole.GridMeter, samples),
            PowerOf(DeviceRole.Storage, samples),
            storage?.StoredWh,
            storage?.StateOfChargePermille);
    }

    /// <summary>
    /// Reads what the site moved in a slot; waits for its end when asked before. A device that latches its counters
    /// gives exact values also long after the end; for another one this must be running, or a live reading must be
    /// made, shortly before the end and again soon after it: the edge is then interpolated between the two readings.
    /// Asking again for a slot that has been read gives the same; a slot that was missing because a device did not
    /// answer can be asked for again.
    /// </summary>
    public async ValueTask<IntervalReading> ReadSlotAsync(long slot, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        DateTimeOffset end = EndOf(slot);
        if (_timeProvider.GetUtcNow() < end)
        {
            await WaitUntilAsync(end - _options.BracketLead, cancellationToken);
            await Task.WhenAll(_readers.Select(reader => reader.PrepareAsync(cancellationToken).AsTask()));
            await WaitUntilAsync(end, cancellationToken);
        }

        DeviceInterval[] intervals =
            await Task.WhenAll(_readers.Select(reader => reader.ReadSlotAsync(slot, cancellationToken).AsTask()));
        return IntervalReading.Join(slot, intervals);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SiteDevice device in _devices)
        {
            await device.Client.DisposeAsync();
        }
    }

    private long? PowerOf(DeviceRole role, MeterSample?[] samples)
    {
        long? sum = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            sum = _devices[i].Meter.Role == role ? sum + samples[i]?.PowerW : sum;
        }

        return sum;
    }

    private async ValueTask WaitUntilAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        // A timer may fire a little early; a loop makes sure that the moment has come.
        while (moment - _timeProvider.GetUtcNow() is { Ticks: > 0 } left)
        {
            TimeSpan step = left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left;
            await Task.Delay(step, _timeProvider, cancellationToken);
        }
    }
}
