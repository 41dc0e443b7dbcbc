namespace EnergyChain.Devices.Modbus;

/// <summary>The function codes this project speaks (MODBUS Application Protocol V1.1b3, section 6).</summary>
public enum ModbusFunction : byte
{
    ReadHoldingRegisters = 3,
    ReadInputRegisters = 4,
    WriteSingleRegister = 6,
    WriteMultipleRegisters = 16,
}
