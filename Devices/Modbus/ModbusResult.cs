namespace EnergyChain.Devices.Modbus;

/// <summary>The result of one request.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Exception">The device's code with <see cref="ModbusStatus.ExceptionResponse"/>, else None.</param>
/// <param name="IsBackingOff">
/// True when nothing was sent because the client waits before it connects again; the status is then that of the last
/// real attempt.
/// </param>
public readonly record struct ModbusResult(
    ModbusStatus Status, ModbusExceptionCode Exception = ModbusExceptionCode.None, bool IsBackingOff = false)
{
    public static ModbusResult Ok => new(ModbusStatus.Ok);

    public bool IsOk => Status == ModbusStatus.Ok;
}
