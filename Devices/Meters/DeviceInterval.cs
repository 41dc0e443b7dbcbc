using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Meters;

/// <summary>What one device moved in one slot; the values are null unless the condition is Ok.</summary>
/// <param name="Name">The device's name at its site.</param>
/// <param name="Role">What it is.</param>
/// <param name="Condition">Ok, or why the slot is missing.</param>
/// <param name="Exception">The device's code with ExceptionResponse.</param>
/// <param name="InWh">Imported or charged.</param>
/// <param name="OutWh">Exported, discharged or produced.</param>
/// <param name="TotalInWh">Counted in at the end of the slot; never falls, also over a reset of the device.</param>
/// <param name="TotalOutWh">Counted out at the end of the slot; never falls, also over a reset of the device.</param>
/// <param name="StoredWh">In a storage at the end of the slot.</param>
/// <param name="UncertaintyWh">0 where the device latched both ends; else the most that a value can be off.</param>
public sealed record DeviceInterval(
    string Name,
    DeviceRole Role,
    DeviceCondition Condition,
    ModbusExceptionCode Exception,
    long? InWh,
    long? OutWh,
    long? TotalInWh,
    long? TotalOutWh,
    long? StoredWh,
    long UncertaintyWh)
{
    internal static DeviceInterval Missing(
        string name, DeviceRole role, DeviceCondition condition, ModbusExceptionCode exception) =>
        new(name, role, condition, exception, null, null, null, null, null, 0);
}
