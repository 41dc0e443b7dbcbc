namespace EnergyChain.Devices.Modbus;

/// <summary>
/// Exception codes of the Modbus application protocol, section 7. A device may send a code that is not listed; such a
/// value is passed on as it came.
/// </summary>
public enum ModbusExceptionCode : byte
{
    None = 0,
    IllegalFunction = 1,
    IllegalDataAddress = 2,
    IllegalDataValue = 3,
    ServerDeviceFailure = 4,
    Acknowledge = 5,
    ServerDeviceBusy = 6,
    MemoryParityError = 8,
    GatewayPathUnavailable = 10,
    GatewayTargetFailedToRespond = 11,
}
