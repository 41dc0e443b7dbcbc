using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EnergyChain.Devices.Meters;
using EnergyChain.Devices.Modbus;
using EnergyChain.Devices.Simulation;
using EnergyChain.Devices.SunSpec;
using EnergyChain.Devices.Tests.Simulation;

namespace EnergyChain.Devices.Tests.External;

/// <summary>Our reader against a server, and our server against a reader, that nobody here wrote.</summary>
[Category("Modbus")]
[CancelAfter(60_000)]
public sealed class ModbusExternalTests
{
    [Test]
    public async Task Our_reader_reads_an_independent_pymodbus_server(CancellationToken cancellationToken)
    {
        int port = FreePort();
        using Process server = await Programs.StartPymodbusAsync(port, cancellationToken);
        try
        {
            await using ModbusTcpClient client = await ConnectAsync(port, server, cancellationToken);
            SunSpecMeter inverter = new(client, 1, DeviceRole.Photovoltaic, TimeProvider.System);
            MeterSample produced = (await inverter.ReadSampleAsync(cancellationToken)).Value!;
            Assert.That(produced.Identity, Is.EqualTo(new DeviceIdentity("Independent", "PV-9000", "INV-1")));
            Assert.That((produced.ProducedWh, produced.PowerW), Is.EqualTo((1_234_560, 3210)));

            // Its chain at 50000 has no end model: pymodbus answers exception 2 there.
            SunSpecMeter meter = new(client, 2, DeviceRole.GridMeter, TimeProvider.System);
            MeterSample grid = (await meter.ReadSampleAsync(cancellationToken)).Value!;
            Assert.That((grid.ExportedWh, grid.ImportedWh, grid.PowerW), Is.EqualTo((70_000, 80_000, -1250)));
            MeterAnswer<IntervalLatch> latch = await meter.ReadLatchAsync(cancellationToken);
            Assert.That(latch.Condition, Is.EqualTo(DeviceCondition.NotSupported));

            MeterAnswer<MeterSample> wrongRole =
                await new SunSpecMeter(client, 2, DeviceRole.Photovoltaic, TimeProvider.System)
                    .ReadSampleAsync(cancellationToken);
            Assert.That(wrongRole.Condition, Is.EqualTo(DeviceCondition.NotSupported));
        }
        finally
        {
            server.Kill();
        }
    }

    [Test]
    public async Task Independent_mbpoll_reads_our_simulated_site(CancellationToken cancellationToken)
    {
        await using SiteRig rig = await SiteRig.StartAsync(new TableProfile(new SlotEnergy(1000, 3000)));
        rig.TurnTo(SiteRig.FirstSlot + 1);
        int[] marker = await PollAsync(rig, unit: 2, reference: 40_000, count: 4, cancellationToken);
        Assert.That(marker, Is.EqualTo(new[] { 0x5375, 0x6E53, 1, 66 }));

        // Model 203 follows the marker (2) and the common model (68); energies are acc32 at offsets 38 and 46.
        int[] meter = await PollAsync(rig, unit: 2, reference: 40_070, count: 107, cancellationToken);
        MeterModel model = MeterModel.Decode([.. meter.Select(value => (ushort)value)]);
        SlotFlows truth = rig.Site.FlowsOf(SiteRig.FirstSlot);
        Assert.That(meter[..2], Is.EqualTo(new[] { 203, 105 }));
        Assert.That(model.Imported!.Value.MilliWh, Is.EqualTo((1_000_000 + truth.ImportWh) * 1000));
        Assert.That(model.Exported!.Value.MilliWh, Is.EqualTo((1_000_000 + truth.ExportWh) * 1000));

        int[] battery = await PollAsync(rig, unit: 3, reference: 40_070, count: 64, cancellationToken);
        Assert.That(battery[..4], Is.EqualTo(new[] { 802, 62, 0xFFFF, 6400 }));
        Assert.That(battery[11] * 6400L / 10_000, Is.EqualTo(truth.StoredWh).Within(1));
    }

    [Test]
    public async Task Independent_mbpoll_writes_our_battery_plan(CancellationToken cancellationToken)
    {
        await using SiteRig rig = await SiteRig.StartAsync(new TableProfile(new SlotEnergy(1000, 1000)));
        await using ModbusTcpClient client = new(rig.Site.ReaderOptions.Connection, TimeProvider.System);
        SunSpecDiscoveryResult found = await SunSpecDiscovery.ScanAsync(client, 3, cancellationToken);
        int reference = found.Find(SunSpecModelId.BatteryPlan)!.Value.Address + BatteryPlanModel.WriteOffset;
        string values = string.Join(' ', BatteryPlanModel.Encode(SiteRig.FirstSlot, 700));
        await Programs.RunMbpollAsync(
            $"-m tcp -a 3 -0 -1 -t 4 -r {reference} -p {rig.Site.EndPoint.Port} 127.0.0.1 {values}", cancellationToken);
        rig.TurnTo(SiteRig.FirstSlot);
        Assert.That(rig.Site.FlowsOf(SiteRig.FirstSlot).ExportWh, Is.EqualTo(700));
    }

    private static async Task<int[]> PollAsync(
        SiteRig rig, int unit, int reference, int count, CancellationToken cancellationToken)
    {
        string output = await Programs.RunMbpollAsync(
            $"-m tcp -a {unit} -0 -1 -t 4:hex -r {reference} -c {count} -p {rig.Site.EndPoint.Port} 127.0.0.1",
            cancellationToken);
        return
        [
            .. output.Split('\n')
                .Where(line => line.StartsWith('['))
                .Select(line => line[(line.IndexOf("0x", StringComparison.Ordinal) + 2)..].Trim())
                .Select(hex => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>Waits until the server answers; the client's own gap between attempts paces the waiting.</summary>
    private static async Task<ModbusTcpClient> ConnectAsync(
        int port, Process server, CancellationToken cancellationToken)
    {
        ModbusTcpClient client = new(
            new ModbusTcpClientOptions
            {
                Host = "127.0.0.1",
                Port = port,
                BackOffInitial = TimeSpan.Zero,
                MinimumGap = TimeSpan.FromMilliseconds(20),
            },
            TimeProvider.System);
        ushort[] marker = new ushort[2];
        while (!(await client.ReadHoldingRegistersAsync(1, 40_000, 2, marker, cancellationToken)).IsOk)
        {
            Assert.That(server.HasExited, Is.False, "the pymodbus server ended early");
        }

        return client;
    }

    private static int FreePort()
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
