using CsCheck;
using EnergyChain.Devices.Meters;
using EnergyChain.Devices.SunSpec;

namespace EnergyChain.Devices.Tests.SunSpec;

public sealed class SunSpecModelTests
{
    [TestCase(2305, -1, 0, 231)]
    [TestCase(2304, -1, 0, 230)]
    [TestCase(-2305, -1, 0, -231)]
    [TestCase(2305, -1, -3, 230_500)]
    [TestCase(7, 3, 0, 7000)]
    [TestCase(5, -10, 0, 0)]
    public void Scale_rounds_half_away_from_zero(long raw, int factor, int unit, long expected) =>
        Assert.That(SunSpecScale.Apply(raw, (short)factor, unit), Is.EqualTo(expected));

    [TestCase(null, (short)0)]
    [TestCase(1L, null)]
    [TestCase(1L, (short)11)]
    [TestCase(1L, (short)-11)]
    [TestCase(long.MaxValue, (short)1)]
    public void Scale_of_what_is_missing_out_of_range_or_too_large_is_null(long? raw, short? factor) =>
        Assert.That(SunSpecScale.Apply(raw, factor, 0), Is.Null);

    [Test]
    public void Not_implemented_values_are_null()
    {
        ushort[] registers = [0x8000, 0xFFFF, 0x8000, 0, 0xFFFF, 0xFFFF, 0, 0, 0x7FC0, 0];
        Assert.That(SunSpecPoint.Int16(registers, 0), Is.Null);
        Assert.That(SunSpecPoint.UInt16(registers, 1), Is.Null);
        Assert.That(SunSpecPoint.Int32(registers, 2), Is.Null);
        Assert.That(SunSpecPoint.UInt32(registers, 4), Is.Null);
        Assert.That(SunSpecPoint.Accumulator32(registers, 6), Is.Null);
        Assert.That(SunSpecPoint.Float32(registers, 8), Is.Null);
        Assert.That(SunSpecPoint.UInt16(registers, 0), Is.EqualTo(0x8000), "not implemented of another type");
    }

    [Test]
    public void Words_come_high_first()
    {
        ushort[] registers = [0x0001, 0x0002, 0x42F6, 0xE979];
        Assert.That(SunSpecPoint.UInt32(registers, 0), Is.EqualTo(65_538u));
        Assert.That(SunSpecPoint.Float32(registers, 2), Is.EqualTo(123.456f));
    }

    [Test]
    public void Inverter_is_read_at_the_offsets_of_model_103()
    {
        ushort[] registers = Model(103, 52);
        (registers[14], registers[15]) = (345, 1);
        (registers[16], registers[17]) = (5998, unchecked((ushort)-2));
        (registers[24], registers[25], registers[26]) = (1, 0, unchecked((ushort)-1));
        (registers[31], registers[32], registers[38]) = (3600, 0, 4);
        InverterModel inverter = InverterModel.Decode(registers);
        Assert.That(inverter.PowerW, Is.EqualTo(3450));
        Assert.That(inverter.FrequencyMilliHz, Is.EqualTo(59_980));
        Assert.That(inverter.Energy, Is.EqualTo(new EnergyCounter(6_553_600, 429_496_729_600, 100)));
        Assert.That(inverter.DcPowerW, Is.EqualTo(3600));
        Assert.That(inverter.OperatingState, Is.EqualTo(4));
        Assert.That(inverter.ApparentPowerVa, Is.Null);
    }

    [Test]
    public void Meter_is_read_at_the_offsets_of_model_203()
    {
        ushort[] registers = Model(203, 107);
        (registers[18], registers[22]) = (unchecked((ushort)-1500), 0);
        (registers[39], registers[47], registers[54]) = (20, 10, 1);
        MeterModel meter = MeterModel.Decode(registers);
        Assert.That(meter.PowerW, Is.EqualTo(-1500));
        Assert.That(meter.Exported!.Value.MilliWh, Is.EqualTo(200_000));
        Assert.That(meter.Imported!.Value.MilliWh, Is.EqualTo(100_000));
        registers[54] = 0x8000;
        Assert.That(MeterModel.Decode(registers).Exported, Is.Null, "no value without its scale factor");
    }

    [Test]
    public void Battery_is_read_at_the_offsets_of_model_802()
    {
        ushort[] registers = Model(802, 64);
        (registers[3], registers[53]) = (640, 1);
        (registers[11], registers[56]) = (5005, unchecked((ushort)-2));
        (registers[13], registers[58]) = (98, 0);
        (registers[14], registers[15], registers[16]) = (0, 321, 4);
        BatteryModel battery = BatteryModel.Decode(registers);
        Assert.That(battery.CapacityWh, Is.EqualTo(6400));
        Assert.That(battery.StateOfChargePermille, Is.EqualTo(501));
        Assert.That(battery.StoredWh, Is.EqualTo(3203));
        Assert.That(battery.StateOfHealthPermille, Is.EqualTo(980));
        Assert.That(battery.Cycles, Is.EqualTo(321));
        registers[11] = 10_001;
        Assert.That(BatteryModel.Decode(registers).StateOfChargePermille, Is.Null, "more than full is no value");
    }

    [Test]
    public void Text_ends_at_its_first_NUL_and_is_printable()
    {
        ushort[] registers = [0x4142, 0x0743, 0x2000, 0x5858];
        Assert.That(SunSpecPoint.Text(registers, 0, 4), Is.EqualTo("AB?C"));
    }

    [Test]
    public void Any_registers_decode_without_an_exception() =>
        Gen.UShort.Array[120].Sample(registers =>
        {
            registers[2] = (ushort)(registers[2] % 10);
            _ = CommonModel.Decode(registers);
            _ = InverterModel.Decode(registers);
            _ = MeterModel.Decode(registers);
            _ = BatteryModel.Decode(registers);
            _ = IntervalLatchModel.Decode(registers);
        });

    [Test]
    public void Battery_plan_round_trips() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Int[int.MinValue + 1, int.MaxValue]).Sample((interval, wh) =>
            BatteryPlanModel.TryDecode(BatteryPlanModel.Encode(interval, wh), out long decoded, out int decodedWh)
            && decoded == interval && decodedWh == wh);

    private static ushort[] Model(ushort id, int registers)
    {
        ushort[] model = new ushort[registers];
        Array.Fill(model, (ushort)0x8000);
        model[0] = id;
        model[1] = (ushort)(registers - 2);
        for (int i = 24; i < Math.Min(54, registers) && id == 203; i++)
        {
            model[i] = i >= 38 ? (ushort)0 : model[i];
        }

        return model;
    }
}
