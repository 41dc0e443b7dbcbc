namespace EnergyChain.Devices.Meters;

/// <summary>
/// A kind of meter: knows where a device keeps the common values. One caller at a time; failures are answers.
/// </summary>
public interface IMeter
{
    DeviceRole Role { get; }

    /// <summary>Who made the device, as far as it has been read.</summary>
    DeviceIdentity Identity { get; }

    /// <summary>Reads the values of this moment.</summary>
    ValueTask<MeterAnswer<MeterSample>> ReadSampleAsync(CancellationToken cancellationToken);

    /// <summary>Reads the kept intervals; NotSupported from a device that keeps none.</summary>
    ValueTask<MeterAnswer<IntervalLatch>> ReadLatchAsync(CancellationToken cancellationToken);
}
