using System.Globalization;
using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Meters;

/// <summary>One sentence for each condition that tells an operator what to do.</summary>
public static class DeviceAdvice
{
    public static string For(DeviceCondition condition, ModbusExceptionCode exception) => condition switch
    {
        DeviceCondition.Silent =>
            "Check the unit number and the wiring behind the gateway: it takes connections but does not answer.",
        DeviceCondition.Unreachable =>
            "Check the device's power, network cable, address and port: no connection can be made.",
        DeviceCondition.ExceptionResponse => ForException(exception),
        DeviceCondition.Malformed =>
            "Check that only one reader uses the gateway and that the port speaks Modbus TCP: answers do not match.",
        DeviceCondition.NotSupported =>
            "Check the configured meter map: the device does not offer the registers that its role needs.",
        DeviceCondition.NotImplemented =>
            "Choose another meter for this role or wait for its first energy: a needed counter is not counted.",
        DeviceCondition.CounterReset =>
            "Ask who replaced or reset the meter: its counter fell, and the slot in which it did counts as missing.",
        DeviceCondition.ImplausibleStep =>
            "Check the configured rated power and the current transformers: a counter moved too fast for it.",
        DeviceCondition.Stale =>
            "Restart the device or its gateway: its values stand still although they should move.",
        DeviceCondition.NoHistory =>
            "Nothing to do if the reader has just started: the counters at the start of that slot are not known.",
        _ => "",
    };

    private static string ForException(ModbusExceptionCode exception) => exception switch
    {
        ModbusExceptionCode.IllegalFunction or ModbusExceptionCode.IllegalDataAddress
            or ModbusExceptionCode.IllegalDataValue =>
            "Check the configured meter map and the firmware version: the device refuses the asked registers.",
        ModbusExceptionCode.ServerDeviceBusy or ModbusExceptionCode.Acknowledge =>
            "Read less often or remove other readers: the device says that it is busy.",
        ModbusExceptionCode.GatewayPathUnavailable or ModbusExceptionCode.GatewayTargetFailedToRespond =>
            "Check the unit number and the bus behind the gateway: the gateway cannot reach the device.",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"Look up exception code {(int)exception} in the device's manual: it reports a failure of its own."),
    };
}
