using EnergyChain.Devices.Modbus;
using EnergyChain.Devices.SunSpec;

namespace EnergyChain.Devices.Tests.SunSpec;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SunSpecDiscoveryTests
{
    private static readonly ModbusResult Busy =
        new(ModbusStatus.ExceptionResponse, ModbusExceptionCode.ServerDeviceBusy);

    private readonly RegisterClient _client = new();

    [TestCase(40000)]
    [TestCase(0)]
    [TestCase(50000)]
    public async Task Models_are_found_at_each_base_address(int address)
    {
        Chain(address, withEnd: true);
        SunSpecDiscoveryResult result = await ScanAsync();
        Assert.That(result.Status, Is.EqualTo(SunSpecDiscoveryStatus.Found));
        Assert.That(result.BaseAddress, Is.EqualTo(address));
        Assert.That(result.Models, Is.EqualTo(new[]
        {
            new SunSpecModel(1, (ushort)(address + 2), 4),
            new SunSpecModel(103, (ushort)(address + 8), 2),
        }));
    }

    [Test]
    public async Task Exception_2_in_place_of_the_end_model_is_the_end()
    {
        Chain(40000, withEnd: false);
        SunSpecDiscoveryResult result = await ScanAsync();
        Assert.That(result.Status, Is.EqualTo(SunSpecDiscoveryStatus.Found));
        Assert.That(result.Models, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Busy_device_is_not_a_device_without_SunSpec()
    {
        _client.Elsewhere = Busy;
        SunSpecDiscoveryResult result = await ScanAsync();
        Assert.That(result.Status, Is.EqualTo(SunSpecDiscoveryStatus.DeviceFailed));
        Assert.That(result.Failure, Is.EqualTo(Busy));
    }

    [Test]
    public async Task Failure_in_the_chain_is_no_end()
    {
        Chain(40000, withEnd: false);
        _client.Elsewhere = new ModbusResult(ModbusStatus.Timeout);
        Assert.That((await ScanAsync()).Status, Is.EqualTo(SunSpecDiscoveryStatus.DeviceFailed));
    }

    [Test]
    public async Task Device_without_the_marker_is_not_SunSpec() =>
        Assert.That((await ScanAsync()).Status, Is.EqualTo(SunSpecDiscoveryStatus.NotSunSpec));

    [TestCase(0)]
    [TestCase(9)]
    public async Task Chain_without_an_end_is_broken_and_bounded(int length)
    {
        _client.Put(40000, 0x5375, 0x6E53);
        for (int address = 40002; address < 65_536; address += length + 2)
        {
            _client.Put(address, 1, (ushort)length);
        }

        Assert.That((await ScanAsync()).Status, Is.EqualTo(SunSpecDiscoveryStatus.BrokenChain));
        Assert.That(_client.Requests, Has.Count.LessThanOrEqualTo(SunSpecDiscovery.MaximumModels + 3));
    }

    [Test]
    public async Task Model_that_runs_past_the_last_register_is_a_broken_chain()
    {
        _client.Put(40000, 0x5375, 0x6E53, 103, 0xFFF0);
        Assert.That((await ScanAsync()).Status, Is.EqualTo(SunSpecDiscoveryStatus.BrokenChain));
    }

    private void Chain(int address, bool withEnd)
    {
        _client.Put(address, 0x5375, 0x6E53, 1, 4, 0, 0, 0, 0, 103, 2, 0, 0);
        if (withEnd)
        {
            _client.Put(address + 12, 0xFFFF, 0);
        }
    }

    private async Task<SunSpecDiscoveryResult> ScanAsync() =>
        await SunSpecDiscovery.ScanAsync(_client, 1, CancellationToken.None);
}
