using EnergyChain.Devices.Meters;
using EnergyChain.Devices.Tests.SunSpec;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Devices.Tests.Meters;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EastronMeterTests
{
    private readonly RegisterClient _client = new();

    [TestCase(false, 1_234_500, 7_250, 1500)]
    [TestCase(true, 7_250, 1_234_500, -1500)]
    public async Task Grid_meter_is_read_from_the_float_map(bool isReversed, long imported, long exported, long power)
    {
        Fill(1500f, 1234.5f, 7.25f);
        MeterSample sample = (await ReadAsync(DeviceRole.GridMeter, isReversed)).Value!;
        Assert.That(sample.ImportedWh, Is.EqualTo(imported));
        Assert.That(sample.ExportedWh, Is.EqualTo(exported));
        Assert.That(sample.PowerW, Is.EqualTo(power));
        Assert.That(_client.Requests, Has.Count.EqualTo(1));
        Assert.That(_client.Requests[0].Count, Is.LessThanOrEqualTo(60));
    }

    [Test]
    public async Task Production_is_the_export_counter_and_its_power_is_positive()
    {
        Fill(-2000f, 3f, 500f);
        MeterSample sample = (await ReadAsync(DeviceRole.Photovoltaic, false)).Value!;
        Assert.That(sample.ProducedWh, Is.EqualTo(500_000));
        Assert.That(sample.PowerW, Is.EqualTo(2000));
        Assert.That(sample.ImportedWh, Is.Null);
    }

    [Test]
    public async Task Resolution_grows_with_the_float()
    {
        Fill(0f, 10_000f, 1f);
        MeterSample sample = (await ReadAsync(DeviceRole.GridMeter, false)).Value!;
        Assert.That(sample.Counters.In.ResolutionMilliWh, Is.EqualTo(977), "2^-10 kWh");
    }

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    [TestCase(-1f)]
    [TestCase(1e30f)]
    public async Task Counter_that_is_no_energy_is_not_implemented(float kwh)
    {
        Fill(0f, kwh, 1f);
        Assert.That(
            (await ReadAsync(DeviceRole.GridMeter, false)).Condition, Is.EqualTo(DeviceCondition.NotImplemented));
    }

    private async Task<MeterAnswer<MeterSample>> ReadAsync(DeviceRole role, bool isReversed) =>
        await new EastronMeter(_client, 1, role, isReversed, new FakeTimeProvider())
            .ReadSampleAsync(CancellationToken.None);

    private void Fill(float power, float imported, float exported)
    {
        for (int i = 52; i < 76; i++)
        {
            _client.Registers[i] = 0;
        }

        Put(52, power);
        Put(72, imported);
        Put(74, exported);
    }

    private void Put(int address, float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        _client.Put(address, (ushort)(bits >> 16), (ushort)(bits & 0xFFFF));
    }
}
