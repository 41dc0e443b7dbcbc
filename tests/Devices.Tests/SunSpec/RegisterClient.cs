using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Tests.SunSpec;

/// <summary>A client over registers in memory; where there are none it answers a set exception.</summary>
internal sealed class RegisterClient : IModbusClient
{
    public Dictionary<int, ushort> Registers { get; } = [];

    public ModbusResult Elsewhere { get; set; } =
        new(ModbusStatus.ExceptionResponse, ModbusExceptionCode.IllegalDataAddress);

    public List<(ushort Address, ushort Count)> Requests { get; } = [];

    public void Put(int address, params ReadOnlySpan<ushort> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Registers[address + i] = values[i];
        }
    }

    public ValueTask<ModbusResult> ReadHoldingRegistersAsync(
        byte unit, ushort address, ushort count, Memory<ushort> destination, CancellationToken cancellationToken)
    {
        Requests.Add((address, count));
        for (int i = 0; i < count; i++)
        {
            if (!Registers.TryGetValue(address + i, out ushort value))
            {
                return ValueTask.FromResult(Elsewhere);
            }

            destination.Span[i] = value;
        }

        return ValueTask.FromResult(ModbusResult.Ok);
    }

    public ValueTask<ModbusResult> ReadInputRegistersAsync(
        byte unit, ushort address, ushort count, Memory<ushort> destination, CancellationToken cancellationToken) =>
        ReadHoldingRegistersAsync(unit, address, count, destination, cancellationToken);

    public ValueTask<ModbusResult> WriteSingleRegisterAsync(
        byte unit, ushort address, ushort value, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<ModbusResult> WriteMultipleRegistersAsync(
        byte unit, ushort address, ReadOnlyMemory<ushort> values, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
