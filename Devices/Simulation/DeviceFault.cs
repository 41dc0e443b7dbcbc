using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Simulation;

/// <summary>A fault of a simulated device.</summary>
/// <param name="Unit">The unit, or 0 for all of the site.</param>
/// <param name="FirstSlot">First slot of the fault.</param>
/// <param name="LastSlot">Last slot of the fault; a counter reset happens once and ignores it.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Exception">The code of an ExceptionCode fault.</param>
public sealed record DeviceFault(
    byte Unit,
    long FirstSlot,
    long LastSlot,
    DeviceFaultKind Kind,
    ModbusExceptionCode Exception = ModbusExceptionCode.ServerDeviceFailure)
{
    /// <summary>Whether the fault works on a unit in a slot.</summary>
    public bool IsActive(byte unit, long slot) => (Unit == 0 || Unit == unit) && slot >= FirstSlot && slot <= LastSlot;
}
