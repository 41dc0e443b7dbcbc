using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Meters;

/// <summary>A value read from a device, or why there is none.</summary>
public readonly record struct MeterAnswer<T>(DeviceCondition Condition, ModbusExceptionCode Exception, T? Value)
    where T : class
{
    public static MeterAnswer<T> Of(T value) => new(DeviceCondition.Ok, ModbusExceptionCode.None, value);

    public static MeterAnswer<T> Failed(DeviceCondition condition) => new(condition, ModbusExceptionCode.None, null);

    /// <summary>The condition that a failed Modbus request shows.</summary>
    public static MeterAnswer<T> Failed(ModbusResult result) => new(
        result.Status switch
        {
            ModbusStatus.Timeout => DeviceCondition.Silent,
            ModbusStatus.Disconnected => DeviceCondition.Unreachable,
            ModbusStatus.ExceptionResponse => DeviceCondition.ExceptionResponse,
            _ => DeviceCondition.Malformed,
        },
        result.Exception,
        null);
}
