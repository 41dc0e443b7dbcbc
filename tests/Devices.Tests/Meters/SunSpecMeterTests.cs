using EnergyChain.Devices.Meters;
using EnergyChain.Devices.Modbus;
using EnergyChain.Devices.SunSpec;
using EnergyChain.Devices.Tests.SunSpec;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Devices.Tests.Meters;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SunSpecMeterTests
{
    private const int Base = 40_000;
    private const int Model = Base + 2;

    private readonly RegisterClient _client = new();

    [Test]
    public async Task Value_and_scale_factor_come_in_one_request_of_at_most_125_registers()
    {
        PutMeter(imported: 5, exported: 6);
        SunSpecMeter meter = Meter(DeviceRole.GridMeter);
        await meter.ReadSampleAsync(CancellationToken.None);
        _client.Requests.Clear();
        MeterSample sample = (await meter.ReadSampleAsync(CancellationToken.None)).Value!;
        Assert.That((sample.ImportedWh, sample.ExportedWh), Is.EqualTo((5, 6)));
        Assert.That(_client.Requests, Has.Count.EqualTo(1), "discovery is remembered");
        Assert.That(_client.Requests[0], Is.EqualTo(((ushort)Model, (ushort)107)));
    }

    [Test]
    public async Task Meter_that_counts_one_direction_has_0_in_the_other()
    {
        PutMeter(imported: 5, exported: 0);
        MeterSample sample = (await Meter(DeviceRole.GridMeter).ReadSampleAsync(CancellationToken.None)).Value!;
        Assert.That((sample.ImportedWh, sample.ExportedWh), Is.EqualTo((5, 0)));
    }

    [Test]
    public async Task Meter_that_counts_nothing_is_not_a_meter_at_0()
    {
        PutMeter(imported: 0, exported: 0);
        MeterAnswer<MeterSample> answer = await Meter(DeviceRole.GridMeter).ReadSampleAsync(CancellationToken.None);
        Assert.That(answer.Condition, Is.EqualTo(DeviceCondition.NotImplemented));
        Assert.That(answer.Value, Is.Null);
    }

    [Test]
    public async Task Models_that_moved_are_refused_once_and_found_again()
    {
        PutMeter(imported: 5, exported: 6);
        SunSpecMeter meter = Meter(DeviceRole.GridMeter);
        await meter.ReadSampleAsync(CancellationToken.None);
        _client.Registers.Clear();
        _client.Put(Base, 0x5375, 0x6E53);
        _client.Put(Model, 64_000, 120);
        _client.Put(Model + 2, new ushort[120]);
        PutMeterAt(Model + 122, imported: 7, exported: 8);
        MeterAnswer<MeterSample> first = await meter.ReadSampleAsync(CancellationToken.None);
        MeterAnswer<MeterSample> second = await meter.ReadSampleAsync(CancellationToken.None);
        Assert.That(first.Condition, Is.EqualTo(DeviceCondition.Malformed));
        Assert.That(second.Value!.ImportedWh, Is.EqualTo(7));
    }

    [Test]
    public async Task Latch_longer_than_a_read_and_full_of_nonsense_is_malformed()
    {
        _client.Put(Base, 0x5375, 0x6E53);
        _client.Put(Model, SunSpecModelId.IntervalLatch, 200, 9, 0, 2);
        _client.Put(Model + 5, new ushort[197]);
        _client.Put(Model + 202, 0xFFFF, 0);
        MeterAnswer<IntervalLatch> answer = await Meter(DeviceRole.GridMeter).ReadLatchAsync(CancellationToken.None);
        Assert.That(answer.Condition, Is.EqualTo(DeviceCondition.Malformed));
    }

    [Test]
    public async Task Latch_of_another_interval_length_is_not_used()
    {
        PutMeter(imported: 5, exported: 6, isLast: false);
        int latch = Model + 107;
        _client.Put(latch, SunSpecModelId.IntervalLatch, 115, 8, 0, 60);
        _client.Put(latch + 5, new ushort[112]);
        _client.Put(latch + 117, 0xFFFF, 0);
        FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeSeconds(9000));
        SunSpecMeter meter = new(_client, 1, DeviceRole.GridMeter, time);
        await using SiteReader reader = new(
            new SiteReaderOptions { SlotSeconds = 900 }, [new SiteDevice("grid", meter, _client, 17_250)], time);
        await reader.ReadLiveAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(1));
        IntervalReading reading = await reader.ReadSlotAsync(9, CancellationToken.None);
        Assert.That(reading.Quality, Is.EqualTo(ReadingQuality.Missing));
        Assert.That(reading.Devices[0].Condition, Is.EqualTo(DeviceCondition.NoHistory), "never guessed");
        time.Advance(TimeSpan.FromMinutes(15));
        _client.Registers[Model + 47] = 105;
        reading = await reader.ReadSlotAsync(10, CancellationToken.None);
        Assert.That((reading.ImportedWh, reading.Quality), Is.EqualTo((99, ReadingQuality.Interpolated)));
        Assert.That(reading.UncertaintyWh, Is.EqualTo(100), "a bracket of a whole slot says so");
    }

    [Test]
    public async Task Busy_device_is_unavailable_and_says_so()
    {
        PutMeter(imported: 5, exported: 6);
        FakeTimeProvider time = new();
        SunSpecMeter meter = new(_client, 1, DeviceRole.GridMeter, time);
        await using SiteReader reader = new(
            new SiteReaderOptions { SlotSeconds = 900 }, [new SiteDevice("grid", meter, _client, 17_250)], time);
        await reader.ReadLiveAsync(CancellationToken.None);
        _client.Registers.Clear();
        _client.Elsewhere = new ModbusResult(ModbusStatus.ExceptionResponse, ModbusExceptionCode.ServerDeviceBusy);
        SiteSample sample = await reader.ReadLiveAsync(CancellationToken.None);
        Assert.That((sample.GridW, sample.LoadW), Is.EqualTo(((long?)null, (long?)null)), "never 0");
        Assert.That(reader.Health[0].Advice, Does.Contain("busy"));
    }

    private SunSpecMeter Meter(DeviceRole role) => new(_client, 1, role, new FakeTimeProvider());

    private void PutMeter(ushort imported, ushort exported, bool isLast = true)
    {
        _client.Put(Base, 0x5375, 0x6E53);
        PutMeterAt(Model, imported, exported);
        if (!isLast)
        {
            _client.Registers.Remove(Model + 107);
        }
    }

    private void PutMeterAt(int address, ushort imported, ushort exported)
    {
        ushort[] model = new ushort[107];
        (model[0], model[1], model[39], model[47]) = (203, 105, exported, imported);
        _client.Put(address, model);
        _client.Put(address + 107, 0xFFFF, 0);
    }
}
