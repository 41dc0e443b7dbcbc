using EnergyChain.Devices.Meters;

namespace EnergyChain.Devices.SunSpec;

/// <summary>Models 201 to 204: an AC meter. Values that the device does not implement are null.</summary>
/// <param name="PowerW">Total real power; positive is import.</param>
/// <param name="FrequencyMilliHz">Line frequency.</param>
/// <param name="VoltageMilliV">Average line-to-neutral voltage.</param>
/// <param name="Exported">Energy delivered through the meter since ever.</param>
/// <param name="Imported">Energy drawn through the meter since ever.</param>
public sealed record MeterModel(
    long? PowerW, long? FrequencyMilliHz, long? VoltageMilliV, EnergyCounter? Exported, EnergyCounter? Imported)
{
    public const int Length = 105;

    /// <summary>Decodes registers that begin at the model-id register.</summary>
    public static MeterModel Decode(ReadOnlySpan<ushort> registers) => new(
        SunSpecScale.Apply(SunSpecPoint.Int16(registers, 18), SunSpecPoint.Int16(registers, 22), 0),
        SunSpecScale.Apply(SunSpecPoint.Int16(registers, 16), SunSpecPoint.Int16(registers, 17), -3),
        SunSpecScale.Apply(SunSpecPoint.Int16(registers, 7), SunSpecPoint.Int16(registers, 15), -3),
        EnergyAccumulator.Decode(registers, 38, 54),
        EnergyAccumulator.Decode(registers, 46, 54));
}
