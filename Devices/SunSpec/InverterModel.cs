using EnergyChain.Devices.Meters;

namespace EnergyChain.Devices.SunSpec;

/// <summary>Models 101 to 103: an inverter. Values that the device does not implement are null.</summary>
/// <param name="PowerW">AC power; positive is production.</param>
/// <param name="FrequencyMilliHz">Line frequency.</param>
/// <param name="ApparentPowerVa">AC apparent power.</param>
/// <param name="Energy">AC energy produced since ever.</param>
/// <param name="DcPowerW">Power of the panels.</param>
/// <param name="OperatingState">Code of the standard: 1 off, 2 sleeping, 4 MPPT, 7 fault ...</param>
/// <param name="Events">Event bits of the standard.</param>
public sealed record InverterModel(
    long? PowerW,
    long? FrequencyMilliHz,
    long? ApparentPowerVa,
    EnergyCounter? Energy,
    long? DcPowerW,
    ushort? OperatingState,
    uint? Events)
{
    public const int Length = 50;

    /// <summary>Decodes registers that begin at the model-id register.</summary>
    public static InverterModel Decode(ReadOnlySpan<ushort> registers) => new(
        SunSpecScale.Apply(SunSpecPoint.Int16(registers, 14), SunSpecPoint.Int16(registers, 15), 0),
        SunSpecScale.Apply(SunSpecPoint.UInt16(registers, 16), SunSpecPoint.Int16(registers, 17), -3),
        SunSpecScale.Apply(SunSpecPoint.Int16(registers, 18), SunSpecPoint.Int16(registers, 19), 0),
        EnergyAccumulator.Decode(registers, 24, 26),
        SunSpecScale.Apply(SunSpecPoint.Int16(registers, 31), SunSpecPoint.Int16(registers, 32), 0),
        SunSpecPoint.UInt16(registers, 38),
        SunSpecPoint.UInt32(registers, 40));
}
