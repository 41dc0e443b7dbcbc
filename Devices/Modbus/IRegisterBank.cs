namespace EnergyChain.Devices.Modbus;

/// <summary>
/// The registers behind a Modbus server. Called from the server's connections at the same time; an implementation
/// guards itself. A code other than None becomes an exception response.
/// </summary>
public interface IRegisterBank
{
    /// <summary>Fills the destination (1 to 125 registers) from one consistent moment.</summary>
    ModbusExceptionCode Read(byte unit, ModbusFunction function, ushort address, Span<ushort> destination);

    /// <summary>Writes 1 to 123 registers: all of them, or none when a code is returned.</summary>
    ModbusExceptionCode Write(byte unit, ushort address, ReadOnlySpan<ushort> values);
}
