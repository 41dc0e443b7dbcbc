using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Tests.Modbus;

/// <summary>65,536 registers, the same for every unit and function.</summary>
internal sealed class ArrayBank : IRegisterBank
{
    public ushort[] Registers { get; } = new ushort[ModbusLimits.RegisterCount];

    public ModbusExceptionCode Read(byte unit, ModbusFunction function, ushort address, Span<ushort> destination)
    {
        Registers.AsSpan(address, destination.Length).CopyTo(destination);
        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode Write(byte unit, ushort address, ReadOnlySpan<ushort> values)
    {
        values.CopyTo(Registers.AsSpan(address));
        return ModbusExceptionCode.None;
    }
}
