using EnergyChain.Devices.Modbus;
using EnergyChain.Devices.SunSpec;

namespace EnergyChain.Devices.Meters;

/// <summary>
/// An Eastron SDM630 by its float map (function 04, kWh and W as float32, high word first; at most 60 registers a
/// request). Total power and both energies lie within one request, so they are of one moment. A float carries 24 bits:
/// at 10,000 kWh the counter moves in steps of about 1 Wh, and the sample says so as its resolution.
/// </summary>
/// <param name="client">Connection to the meter or its gateway.</param>
/// <param name="unit">Modbus unit.</param>
/// <param name="role">What the meter counts; for photovoltaic, production is its export counter.</param>
/// <param name="isReversed">True when the meter is wired the other way round: import and export change places.</param>
/// <param name="timeProvider">Clock of the timestamps.</param>
public sealed class EastronMeter(
    IModbusClient client, byte unit, DeviceRole role, bool isReversed, TimeProvider timeProvider) : IMeter
{
    private const ushort FirstRegister = 52;
    private const int PowerOffset = 0;
    private const int ImportOffset = 72 - FirstRegister;
    private const int ExportOffset = 74 - FirstRegister;
    private const ushort RegisterCount = 76 - FirstRegister;
    private const double MilliWhPerKwh = 1e6;
    private const double LargestKwh = 1e9;

    private readonly ushort[] _registers = new ushort[RegisterCount];

    public DeviceRole Role => role;

    public DeviceIdentity Identity { get; } = new("Eastron", "SDM630", "");

    public async ValueTask<MeterAnswer<MeterSample>> ReadSampleAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset before = timeProvider.GetUtcNow();
        ModbusResult result =
            await client.ReadInputRegistersAsync(unit, FirstRegister, RegisterCount, _registers, cancellationToken);
        if (!result.IsOk)
        {
            return MeterAnswer<MeterSample>.Failed(result);
        }

        EnergyCounter? imported = Counter(ImportOffset);
        EnergyCounter? exported = Counter(ExportOffset);
        if (imported is null || exported is null)
        {
            return MeterAnswer<MeterSample>.Failed(DeviceCondition.NotImplemented);
        }

        DateTimeOffset middle = before + ((timeProvider.GetUtcNow() - before) / 2);
        EnergyCounter inward = isReversed ? exported.Value : imported.Value;
        EnergyCounter outward = isReversed ? imported.Value : exported.Value;
        CounterPair counters = new(role == DeviceRole.Photovoltaic ? EnergyCounter.Unused : inward, outward);
        return MeterAnswer<MeterSample>.Of(
            new MeterSample(role, Identity, middle, counters, PowerW(), null, null, null));
    }

    public ValueTask<MeterAnswer<IntervalLatch>> ReadLatchAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(MeterAnswer<IntervalLatch>.Failed(DeviceCondition.NotSupported));

    private EnergyCounter? Counter(int offset)
    {
        if (SunSpecPoint.Float32(_registers, offset) is not (>= 0 and < (float)LargestKwh and float kwh))
        {
            return null;
        }

        double step = (MathF.BitIncrement(kwh) - kwh) * MilliWhPerKwh;
        return new EnergyCounter((long)Math.Round(kwh * MilliWhPerKwh), 0, Math.Max(1, (long)Math.Ceiling(step)));
    }

    /// <summary>The meter's positive power is import; a photovoltaic sample is positive in production.</summary>
    private long? PowerW()
    {
        if (SunSpecPoint.Float32(_registers, PowerOffset) is not (> -1e9f and < 1e9f and float power))
        {
            return null;
        }

        long watts = (long)Math.Round(power);
        return isReversed == (role == DeviceRole.Photovoltaic) ? watts : -watts;
    }
}
