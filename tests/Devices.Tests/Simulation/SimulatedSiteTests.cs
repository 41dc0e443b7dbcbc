using EnergyChain.Devices.Meters;
using EnergyChain.Devices.Modbus;
using EnergyChain.Devices.Simulation;
using EnergyChain.Devices.SunSpec;

namespace EnergyChain.Devices.Tests.Simulation;

[CancelAfter(30_000)]
public sealed class SimulatedSiteTests
{
    private const long First = SiteRig.FirstSlot;

    private static readonly TableProfile Day = new(
        new SlotEnergy(800, 0), new SlotEnergy(500, 3700), new SlotEnergy(2300, 1234), new SlotEnergy(333, 4999));

    [Test]
    public async Task Latched_slots_are_exact_however_late_they_are_read(CancellationToken cancellationToken)
    {
        await using SiteRig rig = await SiteRig.StartAsync(Day);
        for (long slot = First; slot < First + 12; slot++)
        {
            rig.TurnTo(slot + 1, slot % 2 == 0 ? 3 : 1999);
            IntervalReading reading = await rig.Reader.ReadSlotAsync(slot, cancellationToken);
            SlotFlows truth = rig.Site.FlowsOf(slot);
            Assert.That(reading.Quality, Is.EqualTo(ReadingQuality.Exact));
            Assert.That(
                (reading.ProducedWh, reading.ConsumedWh, reading.ImportedWh, reading.ExportedWh),
                Is.EqualTo((truth.PhotovoltaicWh, truth.LoadWh, truth.ImportWh, truth.ExportWh)));
            Assert.That(
                (reading.ChargedWh, reading.DischargedWh, reading.StoredWh),
                Is.EqualTo((truth.ChargeWh, truth.DischargeWh, truth.StoredWh)));
        }

        Assert.That(rig.Reader.Health.Select(health => health.Condition), Is.All.EqualTo(DeviceCondition.Ok));
        Assert.That(rig.Reader.Health[0].Identity.SerialNumber, Is.EqualTo("home_77-1"));
    }

    [Test]
    public async Task Real_homes_read_over_Modbus_are_the_rows_of_their_files(CancellationToken cancellationToken)
    {
        CommunityData data = CommunityData.Load(SharedData.Homes());
        int firstRow = data.RowOf(new DateTime(2016, 8, 1));
        foreach (CsvSiteProfile home in data.Homes)
        {
            await using SiteRig rig = await SiteRig.StartAsync(home, charge: 0, firstRow: firstRow);
            for (int hour = 0; hour < 24; hour++)
            {
                IntervalReading reading = await rig.ReadAfterEndAsync(First + hour, cancellationToken);
                SlotEnergy row = home.At(firstRow + hour);
                Assert.That(
                    (reading.ConsumedWh, reading.ProducedWh), Is.EqualTo((row.LoadWh, row.PhotovoltaicWh)), home.Name);
            }
        }
    }

    [Test]
    public async Task Reading_waits_for_the_end_of_a_slot_that_still_runs(CancellationToken cancellationToken)
    {
        await using SiteRig rig = await SiteRig.StartAsync(Day);
        rig.TurnTo(First, 500);
        Task<IntervalReading> reading = rig.Reader.ReadSlotAsync(First, cancellationToken).AsTask();
        while (rig.Time.GetUtcNow() < rig.Reader.EndOf(First))
        {
            Assert.That(reading.IsCompleted, Is.False);
            rig.Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.That((await reading).ConsumedWh, Is.EqualTo(800));
    }

    [Test]
    public async Task Without_a_latch_the_edge_is_interpolated_within_the_stated_uncertainty(
        CancellationToken cancellationToken)
    {
        await using SiteRig rig = await SiteRig.StartAsync(Day, offersLatch: false);
        for (long slot = First - 1; slot < First + 8; slot++)
        {
            rig.TurnTo(slot, 1900);
            await rig.Reader.ReadLiveAsync(cancellationToken);
            rig.TurnTo(slot + 1, 100);
            IntervalReading reading = await rig.Reader.ReadSlotAsync(slot, cancellationToken);
            if (slot < First)
            {
                continue;
            }

            SlotFlows truth = rig.Site.FlowsOf(slot);
            Assert.That(reading.Quality, Is.EqualTo(ReadingQuality.Interpolated));
            Near(reading.Devices[0], reading.ProducedWh, truth.PhotovoltaicWh);
            Near(reading.Devices[1], reading.ImportedWh, truth.ImportWh);
            Near(reading.Devices[1], reading.ExportedWh, truth.ExportWh);
            Near(reading.Devices[2], reading.ChargedWh, truth.ChargeWh);
            Near(reading.Devices[2], reading.DischargedWh, truth.DischargeWh);
        }

        static void Near(DeviceInterval device, long? measured, long truth) =>
            Assert.That(Math.Abs(measured!.Value - truth), Is.LessThanOrEqualTo(device.UncertaintyWh));
    }

    [Test]
    public async Task Without_a_latch_a_steady_power_is_interpolated_to_the_Wh(CancellationToken cancellationToken)
    {
        await using SiteRig rig = await SiteRig.StartAsync(new TableProfile(new SlotEnergy(4000, 2000)), false, 0);
        for (long slot = First; slot < First + 4; slot++)
        {
            rig.TurnTo(slot, 1950);
            await rig.Reader.ReadLiveAsync(cancellationToken);
            rig.TurnTo(slot + 1, 50);
            IntervalReading reading = await rig.Reader.ReadSlotAsync(slot, cancellationToken);
            if (slot > First)
            {
                Assert.That((reading.ProducedWh, reading.ImportedWh), Is.EqualTo((2000, 2000)));
                Assert.That(reading.Devices[0].UncertaintyWh, Is.EqualTo(200), "two brackets of a twentieth each");
            }
        }
    }

    [TestCase(DeviceFaultKind.Silent, DeviceCondition.Silent)]
    [TestCase(DeviceFaultKind.RefuseConnections, DeviceCondition.Unreachable)]
    [TestCase(DeviceFaultKind.ExceptionCode, DeviceCondition.ExceptionResponse)]
    [TestCase(DeviceFaultKind.Garbage, DeviceCondition.Malformed)]
    [TestCase(DeviceFaultKind.WrongTransaction, DeviceCondition.Malformed)]
    [TestCase(DeviceFaultKind.Frozen, DeviceCondition.Stale)]
    public async Task Failing_device_makes_its_slot_missing_and_nothing_else(
        DeviceFaultKind kind, DeviceCondition expected, CancellationToken cancellationToken)
    {
        await using SiteRig rig = await SiteRig.StartAsync(Day);
        await rig.ReadAfterEndAsync(First, cancellationToken);
        rig.Site.AddFault(new DeviceFault(2, First + 1, First + 2, kind));
        IntervalReading missing = await rig.ReadAfterEndAsync(First + 1, cancellationToken);
        DeviceHealth sick = rig.Reader.Health[1];
        Assert.That(missing.Quality, Is.EqualTo(ReadingQuality.Missing));
        Assert.That(new[] { missing.ImportedWh, missing.ExportedWh, missing.ConsumedWh }, Is.All.Null);
        Assert.That(missing.ProducedWh, Is.EqualTo(3700), "the inverter goes on");
        Assert.That((sick.Condition, sick.Advice), Is.EqualTo((expected, DeviceAdvice.For(expected, sick.Exception))));
        Assert.That(sick.Advice, Does.EndWith("."));

        IntervalReading next = await rig.ReadAfterEndAsync(First + 2, cancellationToken);
        rig.TurnTo(First + 3, 60);
        IntervalReading later = await rig.Reader.ReadSlotAsync(First + 1, cancellationToken);
        Assert.That(rig.Reader.Health[1].Condition, Is.EqualTo(DeviceCondition.Ok));
        Assert.That(rig.Reader.Health[1].LastFault, Is.EqualTo(expected), "the operator still sees what was");
        Assert.That(next.ConsumedWh, Is.EqualTo(2300));
        Assert.That(later.ConsumedWh, Is.EqualTo(500), "the latch reaches back to the missed slot");
    }

    [Test]
    public async Task Frozen_device_without_a_latch_is_found_stale_by_its_own_power(
        CancellationToken cancellationToken)
    {
        await using SiteRig rig = await SiteRig.StartAsync(Day, offersLatch: false);
        rig.Site.AddFault(new DeviceFault(1, First + 1, First + 1, DeviceFaultKind.Frozen));
        rig.TurnTo(First + 1, 100);
        SiteSample still = await rig.Reader.ReadLiveAsync(cancellationToken);
        rig.TurnTo(First + 1, 1900);
        SiteSample stale = await rig.Reader.ReadLiveAsync(cancellationToken);
        Assert.That((still.ProductionW, stale.ProductionW), Is.EqualTo((3700, (long?)null)));
        Assert.That(rig.Reader.Health[0].Condition, Is.EqualTo(DeviceCondition.Stale));
        rig.TurnTo(First + 2, 100);
        await rig.Reader.ReadLiveAsync(cancellationToken);
        Assert.That(rig.Reader.Health[0].Condition, Is.EqualTo(DeviceCondition.Ok));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Counter_reset_loses_the_slots_over_it_and_never_makes_energy(
        bool offersLatch, CancellationToken cancellationToken)
    {
        await using SiteRig rig = await SiteRig.StartAsync(Day, offersLatch);
        rig.Site.AddFault(new DeviceFault(1, First + 2, First + 2, DeviceFaultKind.CounterReset));
        List<IntervalReading> readings = [];
        for (long slot = First; slot < First + 8; slot++)
        {
            rig.TurnTo(slot, 1900);
            await rig.Reader.ReadLiveAsync(cancellationToken);
            readings.Add(await rig.ReadAfterEndAsync(slot, cancellationToken));
        }

        Assert.That(readings[2].ProducedWh, Is.Null);
        Assert.That(readings[2].Devices[0].Condition, Is.EqualTo(DeviceCondition.CounterReset));
        Assert.That(readings[4].ProducedWh, Is.Not.Null);
        Assert.That(readings[7].Quality, Is.Not.EqualTo(ReadingQuality.Missing));
        Assert.That(rig.Reader.Health[0].LastFault, Is.Not.EqualTo(DeviceCondition.Ok));
        long?[] totals = [.. readings.Select(reading => reading.TotalProducedWh).Where(total => total is not null)];
        Assert.That(totals, Is.Ordered, "a contract that refuses falling counters can accept the next record");
        if (offersLatch)
        {
            Assert.That(readings[3].ProducedWh, Is.EqualTo(4999), "only the slot of the reset is lost");
        }
    }

    [Test]
    public async Task Spike_is_read_again_and_its_slot_is_not_lost(CancellationToken cancellationToken)
    {
        await using SiteRig rig = await SiteRig.StartAsync(Day);
        await rig.ReadAfterEndAsync(First, cancellationToken);
        rig.Site.AddFault(new DeviceFault(1, First + 1, First + 4, DeviceFaultKind.Spike));
        for (long slot = First + 1; slot < First + 4; slot++)
        {
            IntervalReading reading = await rig.ReadAfterEndAsync(slot, cancellationToken);
            Assert.That(reading.ProducedWh, Is.EqualTo(rig.Site.FlowsOf(slot).PhotovoltaicWh));
        }
    }

    [Test]
    public async Task Restarted_reader_goes_on_from_the_saved_totals(CancellationToken cancellationToken)
    {
        await using SiteRig rig = await SiteRig.StartAsync(Day);
        IntervalReading before = await rig.ReadAfterEndAsync(First, cancellationToken);
        rig.Site.AddFault(new DeviceFault(1, First + 2, First + 2, DeviceFaultKind.CounterReset));
        await using SiteReader restarted = rig.CreateReader(rig.Reader.States);
        rig.TurnTo(First + 6, 50);
        IntervalReading after = await restarted.ReadSlotAsync(First + 5, cancellationToken);
        Assert.That(after.ProducedWh, Is.EqualTo(3700));
        Assert.That(after.TotalProducedWh, Is.GreaterThan(before.TotalProducedWh!.Value));
    }

    [Test]
    public async Task Live_view_balances_and_moves_within_the_slot(CancellationToken cancellationToken)
    {
        await using SiteRig rig = await SiteRig.StartAsync(Day);
        rig.TurnTo(First + 1, 500);
        SiteSample sample = await rig.Reader.ReadLiveAsync(cancellationToken);
        Assert.That((sample.ProductionW, sample.LoadW), Is.EqualTo((3700, 500)), "an hour of data in a slot");
        long? before = sample.Devices[0]!.ProducedWh;
        rig.TurnTo(First + 1, 1500);
        sample = await rig.Reader.ReadLiveAsync(cancellationToken);
        Assert.That(sample.Devices[0]!.ProducedWh - before, Is.EqualTo(3700 / 2));
        Assert.That(sample.StateOfChargePermille, Is.InRange(1, 999));
    }

    [Test]
    public async Task Battery_plan_is_written_over_Modbus_and_refused_too_late(CancellationToken cancellationToken)
    {
        await using SiteRig rig = await SiteRig.StartAsync(Day);
        await using ModbusTcpClient client = new(rig.Site.ReaderOptions.Connection, TimeProvider.System);
        SunSpecDiscoveryResult found = await SunSpecDiscovery.ScanAsync(client, 3, cancellationToken);
        ushort address = (ushort)(found.Find(SunSpecModelId.BatteryPlan)!.Value.Address + BatteryPlanModel.WriteOffset);
        ushort[] plan = BatteryPlanModel.Encode(First + 1, 1500);
        ModbusResult inTime = await client.WriteMultipleRegistersAsync(3, address, plan, cancellationToken);
        rig.TurnTo(First + 1, 1);
        ModbusResult tooLate = await client.WriteMultipleRegistersAsync(3, address, plan, cancellationToken);
        ModbusResult elsewhere = await client.WriteSingleRegisterAsync(3, 40_002, 1, cancellationToken);
        Assert.That(inTime, Is.EqualTo(ModbusResult.Ok));
        Assert.That(tooLate.Exception, Is.EqualTo(ModbusExceptionCode.IllegalDataValue));
        Assert.That(elsewhere.Exception, Is.EqualTo(ModbusExceptionCode.IllegalDataAddress));

        // 3,700 Wh of sun meet 500 Wh of load: the battery takes 1,700 Wh instead of 3,200, and 1,500 Wh are sold.
        SlotFlows flows = rig.Site.FlowsOf(First + 1);
        Assert.That((flows.ChargeWh, flows.ExportWh), Is.EqualTo((1700, 1500)));
    }

    [Test]
    public async Task Port_in_use_is_an_error_at_the_start()
    {
        await using SiteRig rig = await SiteRig.StartAsync(Day);
        SimulatedSiteOptions options = new()
        {
            SlotSeconds = 2,
            FirstSlot = First,
            Port = rig.Site.EndPoint.Port,
        };
        Assert.That(
            async () => await SimulatedSite.StartAsync(options, Day, rig.Time),
            Throws.InstanceOf<System.Net.Sockets.SocketException>());
    }
}
