using EnergyChain.Devices.Modbus;
using EnergyChain.Devices.SunSpec;

namespace EnergyChain.Devices.Meters;

/// <summary>
/// A SunSpec device: an inverter (models 101 to 103), a meter (201 to 204), or a battery (802) whose AC energy a meter
/// model of the same unit counts. Each model is read in one request, so a value and its scale factor are of one moment.
/// A model that is not where discovery found it makes the answer malformed and starts a new discovery.
/// </summary>
public sealed class SunSpecMeter(IModbusClient client, byte unit, DeviceRole role, TimeProvider timeProvider) : IMeter
{
    private readonly ushort[] _registers = new ushort[ModbusLimits.MaximumRegistersPerRead];
    private SunSpecDiscoveryResult? _map;

    public DeviceRole Role => role;

    public DeviceIdentity Identity { get; private set; } = DeviceIdentity.Unknown;

    public async ValueTask<MeterAnswer<MeterSample>> ReadSampleAsync(CancellationToken cancellationToken)
    {
        MeterAnswer<SunSpecDiscoveryResult> map = await DiscoverAsync(cancellationToken);
        if (map.Value is null)
        {
            return new MeterAnswer<MeterSample>(map.Condition, map.Exception, null);
        }

        DateTimeOffset before = timeProvider.GetUtcNow();
        return role == DeviceRole.Photovoltaic
            ? await ReadInverterAsync(map.Value, before, cancellationToken)
            : await ReadMeterAsync(map.Value, before, cancellationToken);
    }

    public async ValueTask<MeterAnswer<IntervalLatch>> ReadLatchAsync(CancellationToken cancellationToken)
    {
        MeterAnswer<SunSpecDiscoveryResult> map = await DiscoverAsync(cancellationToken);
        if (map.Value is null)
        {
            return new MeterAnswer<IntervalLatch>(map.Condition, map.Exception, null);
        }

        if (map.Value.Find(SunSpecModelId.IntervalLatch) is not SunSpecModel model)
        {
            return MeterAnswer<IntervalLatch>.Failed(DeviceCondition.NotSupported);
        }

        int leastLength = IntervalLatchModel.LengthOf(IntervalLatchModel.MinimumEntries);
        MeterAnswer<SunSpecMeter> read = await ReadModelAsync(model, leastLength, cancellationToken);
        if (read.Condition != DeviceCondition.Ok)
        {
            return new MeterAnswer<IntervalLatch>(read.Condition, read.Exception, null);
        }

        int registers = Math.Min(model.TotalRegisters, _registers.Length);
        IntervalLatch? latch = IntervalLatchModel.Decode(_registers.AsSpan(0, registers));
        return latch is null
            ? MeterAnswer<IntervalLatch>.Failed(DeviceCondition.Malformed)
            : MeterAnswer<IntervalLatch>.Of(latch);
    }

    private async ValueTask<MeterAnswer<MeterSample>> ReadInverterAsync(
        SunSpecDiscoveryResult map, DateTimeOffset before, CancellationToken cancellationToken)
    {
        SunSpecModel? model = map.Find(SunSpecModelId.SinglePhaseInverter, SunSpecModelId.ThreePhaseInverter);
        MeterAnswer<SunSpecMeter> read = await ReadModelAsync(model, InverterModel.Length, cancellationToken);
        if (read.Condition != DeviceCondition.Ok)
        {
            return new MeterAnswer<MeterSample>(read.Condition, read.Exception, null);
        }

        InverterModel inverter = InverterModel.Decode(_registers);
        if (inverter.Energy is not EnergyCounter produced)
        {
            return MeterAnswer<MeterSample>.Failed(DeviceCondition.NotImplemented);
        }

        CounterPair counters = new(EnergyCounter.Unused, produced);
        return Sample(before, counters, inverter.PowerW, battery: null);
    }

    private async ValueTask<MeterAnswer<MeterSample>> ReadMeterAsync(
        SunSpecDiscoveryResult map, DateTimeOffset before, CancellationToken cancellationToken)
    {
        BatteryModel? battery = null;
        if (role == DeviceRole.Storage)
        {
            MeterAnswer<SunSpecMeter> first =
                await ReadModelAsync(map.Find(SunSpecModelId.Battery), BatteryModel.Length, cancellationToken);
            if (first.Condition != DeviceCondition.Ok)
            {
                return new MeterAnswer<MeterSample>(first.Condition, first.Exception, null);
            }

            battery = BatteryModel.Decode(_registers);
            before = timeProvider.GetUtcNow();
        }

        SunSpecModel? model = map.Find(SunSpecModelId.SinglePhaseMeter, SunSpecModelId.DeltaThreePhaseMeter);
        MeterAnswer<SunSpecMeter> read = await ReadModelAsync(model, MeterModel.Length, cancellationToken);
        if (read.Condition != DeviceCondition.Ok)
        {
            return new MeterAnswer<MeterSample>(read.Condition, read.Exception, null);
        }

        MeterModel meter = MeterModel.Decode(_registers);
        return CountersOf(meter) is CounterPair counters
            ? Sample(before, counters, meter.PowerW, battery)
            : MeterAnswer<MeterSample>.Failed(DeviceCondition.NotImplemented);
    }

    /// <summary>
    /// An accumulator of 0 means not implemented, but a meter that counts one direction and shows 0 for the other has
    /// simply never counted there: a home that never exported. Only two zeros say that nothing is counted.
    /// </summary>
    private static CounterPair? CountersOf(MeterModel meter)
    {
        EnergyCounter? any = meter.Imported ?? meter.Exported;
        return any is EnergyCounter known
            ? new CounterPair(meter.Imported ?? Zero(known), meter.Exported ?? Zero(known))
            : null;

        static EnergyCounter Zero(EnergyCounter like) => like with { MilliWh = 0 };
    }

    private MeterAnswer<MeterSample> Sample(
        DateTimeOffset before, CounterPair counters, long? powerW, BatteryModel? battery)
    {
        DateTimeOffset middle = before + ((timeProvider.GetUtcNow() - before) / 2);
        return MeterAnswer<MeterSample>.Of(new MeterSample(
            role,
            Identity,
            middle,
            counters,
            powerW,
            battery?.StateOfChargePermille,
            battery?.StoredWh,
            battery?.CapacityWh));
    }

    /// <summary>Reads a whole model into the registers and checks that it is still the model that was found.</summary>
    private async ValueTask<MeterAnswer<SunSpecMeter>> ReadModelAsync(
        SunSpecModel? found, int leastLength, CancellationToken cancellationToken)
    {
        if (found is not SunSpecModel model || model.Length < leastLength)
        {
            return MeterAnswer<SunSpecMeter>.Failed(DeviceCondition.NotSupported);
        }

        ushort count = (ushort)Math.Min(model.TotalRegisters, ModbusLimits.MaximumRegistersPerRead);
        ModbusResult result =
            await client.ReadHoldingRegistersAsync(unit, model.Address, count, _registers, cancellationToken);
        if (!result.IsOk)
        {
            if (result.Exception == ModbusExceptionCode.IllegalDataAddress)
            {
                _map = null;
            }

            return MeterAnswer<SunSpecMeter>.Failed(result);
        }

        if (_registers[0] == model.Id && _registers[1] == model.Length)
        {
            return MeterAnswer<SunSpecMeter>.Of(this);
        }

        _map = null;
        return MeterAnswer<SunSpecMeter>.Failed(DeviceCondition.Malformed);
    }

    private async ValueTask<MeterAnswer<SunSpecDiscoveryResult>> DiscoverAsync(CancellationToken cancellationToken)
    {
        if (_map is not null)
        {
            return MeterAnswer<SunSpecDiscoveryResult>.Of(_map);
        }

        SunSpecDiscoveryResult map = await SunSpecDiscovery.ScanAsync(client, unit, cancellationToken);
        if (map.Status != SunSpecDiscoveryStatus.Found)
        {
            return map.Status switch
            {
                SunSpecDiscoveryStatus.DeviceFailed => MeterAnswer<SunSpecDiscoveryResult>.Failed(map.Failure),
                SunSpecDiscoveryStatus.NotSunSpec =>
                    MeterAnswer<SunSpecDiscoveryResult>.Failed(DeviceCondition.NotSupported),
                _ => MeterAnswer<SunSpecDiscoveryResult>.Failed(DeviceCondition.Malformed),
            };
        }

        if (map.Find(SunSpecModelId.Common) is SunSpecModel common)
        {
            MeterAnswer<SunSpecMeter> read = await ReadModelAsync(common, CommonModel.MinimumLength, cancellationToken);
            if (read.Condition != DeviceCondition.Ok)
            {
                return new MeterAnswer<SunSpecDiscoveryResult>(read.Condition, read.Exception, null);
            }

            CommonModel model = CommonModel.Decode(_registers);
            Identity = new DeviceIdentity(model.Manufacturer, model.Model, model.SerialNumber);
        }

        _map = map;
        return MeterAnswer<SunSpecDiscoveryResult>.Of(map);
    }
}
