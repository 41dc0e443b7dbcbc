namespace EnergyChain.Devices.Modbus;

/// <summary>
/// A Modbus master. Failures of the device or the network are results, not exceptions; the only exceptions are
/// <see cref="OperationCanceledException"/> for the caller's own token and <see cref="ObjectDisposedException"/>.
/// Implementations are safe for concurrent callers and send one request at a time.
/// </summary>
public interface IModbusClient : IAsyncDisposable
{
    /// <summary>Reads 1 to 125 holding registers (function 3) into the first places of the destination.</summary>
    ValueTask<ModbusResult> ReadHoldingRegistersAsync(
        byte unit, ushort address, ushort count, Memory<ushort> destination, CancellationToken cancellationToken);

    /// <summary>Reads 1 to 125 input registers (function 4) into the first places of the destination.</summary>
    ValueTask<ModbusResult> ReadInputRegistersAsync(
        byte unit, ushort address, ushort count, Memory<ushort> destination, CancellationToken cancellationToken);

    /// <summary>Writes one register (function 6). A retry can write it twice.</summary>
    ValueTask<ModbusResult> WriteSingleRegisterAsync(
        byte unit, ushort address, ushort value, CancellationToken cancellationToken);

    /// <summary>Writes 1 to 123 registers (function 16). A retry can write them twice.</summary>
    ValueTask<ModbusResult> WriteMultipleRegistersAsync(
        byte unit, ushort address, ReadOnlyMemory<ushort> values, CancellationToken cancellationToken);
}
